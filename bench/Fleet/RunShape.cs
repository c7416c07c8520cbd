namespace Gateway.Bench.Fleet;

/// <summary>How long and how hard a fleet is loaded.</summary>
/// <param name="Replicas">Replicas in the pool.</param>
/// <param name="IsOpen">Whether sessions arrive on their own, or one begins when one ends.</param>
/// <param name="WarmUp">Virtual time before anything is counted.</param>
/// <param name="Measured">Virtual time that is counted.</param>
/// <param name="Seed">Chance: the same seed gives every policy the same sessions.</param>
internal sealed record RunShape(int Replicas, bool IsOpen, TimeSpan WarmUp, TimeSpan Measured, int Seed)
{
    /// <summary>Requests under way, for each replica, above which arrivals are turned away.</summary>
    public int MostPerReplica { get; init; } = 96;

    /// <summary>The arrivals, as a multiple of the scenario's own.</summary>
    public double Load { get; init; } = 1;
}
