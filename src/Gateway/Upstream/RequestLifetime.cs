namespace Gateway.Upstream;

/// <summary>How long one request may live, all attempts together.</summary>
/// <param name="Total">From now to the deadline.</param>
/// <param name="Time">The clock.</param>
/// <param name="CallerGone">Fires when the caller's connection closes.</param>
/// <param name="Stopping">Fires when the gateway's drain time is up.</param>
public sealed record RequestLifetime(TimeSpan Total, TimeProvider Time, CancellationToken CallerGone, CancellationToken Stopping)
{
    private readonly long _started = Time.GetTimestamp();

    /// <summary>Time to the deadline; zero when it has passed.</summary>
    public TimeSpan Left
    {
        get
        {
            var left = Total - Time.GetElapsedTime(_started);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>What ended the request as a whole, if anything did.</summary>
    public UpstreamFault? EndedBy =>
        CallerGone.IsCancellationRequested ? UpstreamFault.CallerGone
        : Stopping.IsCancellationRequested ? new UpstreamFault(FaultKind.GatewayStopping, "the gateway is shutting down")
        : Left == TimeSpan.Zero ? new UpstreamFault(FaultKind.DeadlinePassed, $"the request's {Total.TotalSeconds:0.###} s were up")
        : null;
}
