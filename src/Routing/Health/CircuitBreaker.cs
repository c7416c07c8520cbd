namespace Gateway.Routing.Health;

/// <summary>Leaves a replica out after faults in a row, then lets one trial request through at a time.</summary>
/// <remarks>
/// Closed, open, half-open over an injected clock. Callers ask before they send and report how it ended, with the pass they
/// got: a request that was already running when the breaker opened says nothing about the replica of now.
/// </remarks>
public sealed class CircuitBreaker(BreakerSettings settings, TimeProvider time)
{
    private readonly Lock _gate = new();
    private volatile bool _closed = true;
    private int _faultsInARow;
    private int _openings;
    private bool _hasTrial;
    private bool _mayTryEarlier;
    private long _openUntil;
    private long _lastFault = long.MinValue;
    private long _admittingSince = time.GetTimestamp();

    /// <summary>Since when requests are let through, as a timestamp of the clock: its creation, its last closing, or word that the replica is back.</summary>
    public long AdmittingSince => Volatile.Read(ref _admittingSince);

    /// <summary>Whether a request would be let through now.</summary>
    public bool Allows
    {
        get
        {
            if (_closed)
                return true;
            lock (_gate)
                return _closed || (!_hasTrial && time.GetTimestamp() >= _openUntil);
        }
    }

    public bool IsClosed => _closed;

    /// <summary>The clock it goes by, and its replica with it.</summary>
    public TimeProvider Clock => time;

    /// <summary>When the replica last failed an attempt or was ejected, as a timestamp of the clock; null when it never did.</summary>
    public long? LastFault => Volatile.Read(ref _lastFault) is var at and not long.MinValue ? at : null;

    /// <summary>Asks for one request. <see cref="BreakerPass.Trial"/> reserves the one trial until its end is reported.</summary>
    public BreakerPass TryEnter()
    {
        if (_closed)
            return BreakerPass.Normal;
        lock (_gate)
        {
            if (_closed)
                return BreakerPass.Normal;
            if (_hasTrial || time.GetTimestamp() < _openUntil)
                return BreakerPass.Refused;
            _hasTrial = true;
            return BreakerPass.Trial;
        }
    }

    /// <summary>A pass whatever the state, for a request that has nowhere else to go; its success closes the breaker.</summary>
    public BreakerPass Force() => _closed ? BreakerPass.Normal : BreakerPass.Forced;

    /// <summary>The replica answered.</summary>
    public void Succeeded(BreakerPass pass)
    {
        if (_closed && pass == BreakerPass.Normal && Volatile.Read(ref _faultsInARow) == 0)
            return;
        lock (_gate)
        {
            if (_closed)
            {
                _faultsInARow = 0;
            }
            else if (pass != BreakerPass.Normal)
            {
                _closed = true;
                Volatile.Write(ref _admittingSince, time.GetTimestamp());
                _hasTrial = false;
                _faultsInARow = 0;
                _openings = 0;
            }
        }
    }

    /// <summary>The replica failed an attempt.</summary>
    public void Failed(BreakerPass pass)
    {
        Volatile.Write(ref _lastFault, time.GetTimestamp());
        lock (_gate)
        {
            if (!_closed)
            {
                if (pass == BreakerPass.Trial)
                    Open(Backoff(), mayTryEarlier: true);
            }
            else if (++_faultsInARow >= settings.Faults)
            {
                Open(Backoff(), mayTryEarlier: true);
            }
        }
    }

    /// <summary>The attempt ended without a word about the replica: the caller left, or the request itself was wrong.</summary>
    public void Dropped(BreakerPass pass)
    {
        if (pass != BreakerPass.Trial)
            return;
        lock (_gate)
            _hasTrial = false;
    }

    /// <summary>Opens at once, for as long as told: the replica said it is draining, or asked for a pause. A longer wait stands.</summary>
    public void Eject(TimeSpan pause)
    {
        Volatile.Write(ref _lastFault, time.GetTimestamp());
        lock (_gate)
            Open(pause, mayTryEarlier: false);
    }

    /// <summary>Ends the wait after faults, since a probe found the replica back; an ejection stands.</summary>
    public void TryEarlier()
    {
        lock (_gate)
        {
            if (!_closed && _mayTryEarlier)
                _openUntil = time.GetTimestamp();
        }
    }

    /// <summary>The replica is back after it was away, so it begins anew; what is known against it stands.</summary>
    public void BeginAnew() => Volatile.Write(ref _admittingSince, time.GetTimestamp());

    private TimeSpan Backoff()
    {
        var doubled = settings.Open * Math.Pow(2, Math.Min(_openings, 16));
        return doubled < settings.MaxOpen ? doubled : settings.MaxOpen;
    }

    private void Open(TimeSpan pause, bool mayTryEarlier)
    {
        var until = time.GetTimestamp() + (long)(pause.TotalSeconds * time.TimestampFrequency);
        _openUntil = _closed ? until : Math.Max(_openUntil, until);
        _closed = false;
        _hasTrial = false;
        _faultsInARow = 0;
        _mayTryEarlier = mayTryEarlier;
        _openings++;
    }
}
