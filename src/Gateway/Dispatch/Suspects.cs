using Gateway.Routing;
using Gateway.Upstream;

namespace Gateway.Dispatch;

/// <summary>Replicas that answered one request with a server error, until it is known whose fault that was.</summary>
/// <remarks>
/// When another replica answers the same request, it was theirs. When none does, it was more likely the request's: a body that
/// makes every engine fail would otherwise open every breaker it meets, and one caller could shut a pool to all the others.
/// </remarks>
internal struct Suspects
{
    private List<(Picked Picked, UpstreamFault Fault)>? _suspects;

    /// <summary>Takes a fault to the replica's breaker, or keeps it back if it may be the request's.</summary>
    public void Report(Picked picked, UpstreamFault fault)
    {
        if (fault.Kind == FaultKind.ServerError)
            (_suspects ??= []).Add((picked, fault));
        else
            ReplicaReport.Failed(picked.Replica, picked.Pass, fault);
    }

    /// <summary>Another replica answered.</summary>
    public readonly void Convict()
    {
        foreach (var (picked, fault) in _suspects ?? [])
            ReplicaReport.Failed(picked.Replica, picked.Pass, fault);
    }

    /// <summary>No replica answered.</summary>
    public readonly void Acquit()
    {
        foreach (var (picked, _) in _suspects ?? [])
            picked.Replica.Breaker.Dropped(picked.Pass);
    }
}
