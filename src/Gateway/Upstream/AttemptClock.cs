namespace Gateway.Upstream;

/// <summary>Ends an attempt when the caller leaves, the gateway stops, the stage's time is up, or the request's deadline passes.</summary>
public sealed class AttemptClock : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly RequestLifetime _lifetime;

    public AttemptClock(RequestLifetime lifetime)
    {
        _lifetime = lifetime;
        _source = CancellationTokenSource.CreateLinkedTokenSource(lifetime.CallerGone, lifetime.Stopping);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Now, as a timestamp.</summary>
    public long Now => _lifetime.Time.GetTimestamp();

    /// <summary>Time that has passed since a timestamp.</summary>
    public TimeSpan Since(long timestamp) => _lifetime.Time.GetElapsedTime(timestamp);

    /// <summary>Gives the stage that begins now this long, or as long as the request has left.</summary>
    public void Allow(TimeSpan stage)
    {
        var left = _lifetime.Left;
        _source.CancelAfter(stage < left ? stage : left);
    }

    /// <summary>Stops the clock: what is left to do takes no waiting for the upstream.</summary>
    public void Pause() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <summary>Ends the attempt: nobody wants what it still has to say.</summary>
    public void Stop()
    {
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended already.
        }
    }

    /// <summary>Why the token fired; <paramref name="stage"/> if it was the stage's own time.</summary>
    public UpstreamFault Explain(FaultKind stage, string stageDetail) =>
        _lifetime.EndedBy ?? new UpstreamFault(stage, stageDetail);

    public void Dispose() => _source.Dispose();
}
