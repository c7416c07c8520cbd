namespace Gateway.Routing.Health;

/// <summary>Whether a replica may be tried, and if not, what speaks against it first.</summary>
public enum ReplicaState
{
    /// <summary>It may be tried.</summary>
    Available,

    /// <summary>Word came that it is going away.</summary>
    Draining,

    /// <summary>The last probe did not reach it.</summary>
    Unreachable,

    /// <summary>Its breaker is open: it failed requests, aborted one, or asked for a pause.</summary>
    Ejected,
}
