namespace Gateway.Upstream.Discovery;

/// <summary>Where a pool's replicas are looked up for as long as the pool is configured so.</summary>
public interface IReplicaSource
{
    /// <summary>Reports what it finds until it is stopped. Whatever fails is reported and tried again, never thrown.</summary>
    Task RunAsync(IFindings findings, CancellationToken stopping);
}

/// <summary>Takes what a source finds; called by one thread at a time.</summary>
public interface IFindings
{
    /// <summary>All replicas there are now, in place of those found before.</summary>
    void Found(IReadOnlyList<FoundReplica> replicas);

    /// <summary>Nothing could be looked up; what was found before stands.</summary>
    /// <param name="cause">Why, for the log.</param>
    void Failed(string cause);
}
