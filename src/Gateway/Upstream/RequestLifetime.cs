namespace Gateway.Upstream;

/// <summary>How long one request may live, all attempts together.</summary>
/// <param name="Total">From now to the deadline.</param>
/// <param name="Time">The clock.</param>
/// <param name="CallerGone">Fires when nobody wants the answer any more.</param>
/// <param name="Stopping">Fires when the gateway's drain time is up.</param>
public sealed record RequestLifetime(TimeSpan Total, TimeProvider Time, CancellationToken CallerGone, CancellationToken Stopping)
{
    private readonly long _started = Time.GetTimestamp();

    /// <summary>Fires, with <see cref="CallerGone"/>, when that is because a guard lets nothing pass.</summary>
    public CancellationToken Denied { get; init; }

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
        Denied.IsCancellationRequested ? UpstreamFault.Denied
        : CallerGone.IsCancellationRequested ? UpstreamFault.CallerGone
        : Stopping.IsCancellationRequested ? new UpstreamFault(FaultKind.GatewayStopping, "the gateway is shutting down")
        : Left == TimeSpan.Zero ? new UpstreamFault(FaultKind.DeadlinePassed, $"the request's {Total.TotalSeconds:0.###} s were up")
        : null;
}
