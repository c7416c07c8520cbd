namespace Gateway.Simulator;

/// <summary>What an answer waits for.</summary>
public enum PerformanceKind
{
    /// <summary>Nothing.</summary>
    Instant,

    /// <summary>A fixed interval.</summary>
    Paced,

    /// <summary>Steps of a batch that shares compute and KV blocks, as in vLLM.</summary>
    Batched,
}
