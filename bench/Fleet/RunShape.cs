namespace Gateway.Bench.Fleet;

/// <summary>How long and how hard a fleet is loaded.</summary>
/// <param name="Replicas">Replicas in the pool.</param>
/// <param name="Gateways">Gateways that share them.</param>
/// <param name="Seed">Chance: the same seed gives every policy the same sessions.</param>
internal sealed record RunShape(int Replicas, int Gateways, int Seed)
{
    /// <summary>Whether sessions arrive on their own, or one begins when one ends.</summary>
    public bool IsOpen { get; init; } = true;

    /// <summary>Virtual time before anything is counted: caches are full, sessions of all ages.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Virtual time that is counted.</summary>
    public TimeSpan Measured { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Requests under way, for each replica, above which arrivals are turned away where no gate does.</summary>
    public int MostPerReplica { get; init; } = 96;

    /// <summary>Whether gateways hold the queue: arrivals then wait at their pools' gates, and are turned away there.</summary>
    public bool Admits { get; init; }

    /// <summary>The arrivals, as a multiple of the scenario's own.</summary>
    public double Load { get; init; } = 1;
}
