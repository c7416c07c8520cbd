using Gateway.Routing;
using Gateway.Routing.Health;
using Gateway.Upstream;

namespace Gateway.Dispatch;

/// <summary>Tells a replica's breaker what an attempt's end says about the replica.</summary>
internal static class ReplicaReport
{
    /// <summary>
    /// How long a replica that aborted a request is left alone. A draining vLLM answers every new request at once with an
    /// empty abort, so any policy that likes fast replicas would send it everything; one abort is enough.
    /// </summary>
    private static readonly TimeSpan DrainPause = TimeSpan.FromSeconds(10);

    /// <summary>How long a replica that answered 429 without a <c>Retry-After</c> is left alone, and the longest it may ask for.</summary>
    private static readonly TimeSpan OverloadPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    public static void Failed(Replica replica, BreakerPass pass, UpstreamFault fault)
    {
        var breaker = replica.Breaker;
        if (fault.Side != FaultSide.Upstream)
        {
            breaker.Dropped(pass);
        }
        else if (fault.Kind == FaultKind.Aborted)
        {
            breaker.Eject(DrainPause);
        }
        else if (fault.Kind == FaultKind.Overloaded)
        {
            var asked = fault.RetryAfter ?? OverloadPause;
            breaker.Eject(asked < LongestPause ? asked : LongestPause);
        }
        else
        {
            breaker.Failed(pass);
        }
    }
}
