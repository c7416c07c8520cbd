namespace Gateway.Dispatch;

/// <summary>Bounds a pool's retries to a share of its traffic, so that a pool in trouble is not buried under them.</summary>
/// <remarks>A token bucket: each request pays in the share, time pays in a floor, each retry takes one out.</remarks>
public sealed class RetryBudget(double ratio, double perSecond, TimeProvider time)
{
    /// <summary>Seconds of the floor that can be saved up for a burst, as when a replica with many requests dies.</summary>
    private const double SecondsSaved = 10;

    private readonly Lock _gate = new();
    private readonly double _most = Math.Max(1, perSecond * SecondsSaved);
    private double _tokens = Math.Max(1, perSecond * SecondsSaved);
    private long _paidInUntil = time.GetTimestamp();

    /// <summary>Whether a retry could be taken now.</summary>
    public bool HasToken
    {
        get
        {
            lock (_gate)
            {
                PayInForTime();
                return _tokens >= 1;
            }
        }
    }

    /// <summary>A request arrived.</summary>
    public void PayIn()
    {
        lock (_gate)
            _tokens = Math.Min(_most, _tokens + ratio);
    }

    /// <summary>Takes one retry; may overdraw by the few requests that asked at the same moment.</summary>
    public void Take()
    {
        lock (_gate)
            _tokens--;
    }

    private void PayInForTime()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(_most, _tokens + (time.GetElapsedTime(_paidInUntil, now).TotalSeconds * perSecond));
        _paidInUntil = now;
    }
}
