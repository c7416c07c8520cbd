namespace Gateway.Routing.Balancing;

/// <summary>How busy a replica is at a moment.</summary>
public readonly record struct Standing
{
    /// <summary>Prompt tokens it has to read before it reads a new request's.</summary>
    public double Prefill { get; init; }

    /// <summary>Requests that generate there, or will; of others' the average of late.</summary>
    public double Requests { get; init; }

    /// <summary>Seconds that each of them costs a new one: it makes every step of the batch longer.</summary>
    public double SecondsPerRequest { get; init; }

    /// <summary>Share of its KV cache in use; above 1 when more was sent than fits.</summary>
    public double KvUse { get; init; }

    /// <summary>Prompt tokens it reads in a second.</summary>
    public double TokensPerSecond { get; init; }

    /// <summary>Answers that have begun there; a newcomer has few.</summary>
    public long Begun { get; init; }
}
