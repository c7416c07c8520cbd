using Gateway.Routing.Admission;
using Gateway.Routing.Health;

namespace Gateway.Routing;

/// <summary>One vLLM server: its address, what we have in flight there, and whether it may be tried.</summary>
/// <remarks>Live and shared by all requests; survives a configuration reload as long as its pool keeps its address.</remarks>
public sealed class Replica(Uri address, CircuitBreaker breaker)
{
    private int _inFlight;
    private volatile bool _unreachable;
    private volatile bool _wasProbed;
    private volatile DrainNotice? _notice;
    private volatile ReplicaLoad? _load;
    private volatile ReplicaCapabilities? _capabilities;

    public Uri Address { get; } = address;

    /// <summary>Host and port, the way logs and headers name the replica.</summary>
    public string Name { get; } = address.Authority;

    /// <summary>Where its chat requests go.</summary>
    public Uri Chat { get; } = new(address, "v1/chat/completions");

    public CircuitBreaker Breaker { get; } = breaker;

    /// <summary>How many requests it takes at once.</summary>
    public InFlightLimit Limit { get; } = new();

    /// <summary>Our own requests there now; exact, because it does not wait for a scrape.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Whether the last probe reached it. A draining vLLM answers probes too, so this only ever rules a replica out.</summary>
    public bool IsReachable => !_unreachable;

    /// <summary>Whether a probe has come back at all, whatever it said.</summary>
    public bool WasProbed => _wasProbed;

    /// <summary>What it said of its load last; null until it was scraped.</summary>
    public ReplicaLoad? Load
    {
        get => _load;
        set => _load = value;
    }

    /// <summary>What it can do; null until it was asked.</summary>
    public ReplicaCapabilities? Capabilities
    {
        get => _capabilities;
        set => _capabilities = value;
    }

    /// <summary>How long its streams take from being asked for to their first token, as this gateway sees it.</summary>
    public RecentAverage FirstTokens { get; } = new();

    /// <summary>How long its streams are silent between one arrival and the next, as this gateway sees it; about the time between two tokens.</summary>
    public RecentAverage Gaps { get; } = new();

    /// <summary>How long its requests wait in its own queue, where its answers tell (<c>--enable-per-request-metrics</c>).</summary>
    public RecentAverage QueueTimes { get; } = new();

    /// <summary>That it is going away, and how soon; null while nobody has said so.</summary>
    public DrainNotice? Notice => _notice;

    /// <summary>Whether a request may go there now.</summary>
    public bool IsAvailable => MayBeTried(ignoreProbes: false);

    /// <summary>Why a request may not go there now; <see cref="ReplicaState.Available"/> when it may.</summary>
    public ReplicaState State =>
        _notice is not null ? ReplicaState.Draining
        : _unreachable ? ReplicaState.Unreachable
        : Breaker.Allows ? ReplicaState.Available
        : ReplicaState.Ejected;

    /// <summary>Whether a request may go there now, whatever the last probe said.</summary>
    public bool MayBeTried(bool ignoreProbes) => (ignoreProbes || !_unreachable) && _notice is null && Breaker.Allows;

    public void Enter() => Interlocked.Increment(ref _inFlight);

    public void Leave() => Interlocked.Decrement(ref _inFlight);

    /// <summary>Takes word that it is going away: no new request goes there. A second notice replaces the first.</summary>
    public void Drain(DrainNotice notice) => _notice = notice;

    /// <summary>It stays after all.</summary>
    public void Undrain()
    {
        if (_notice is null)
            return;
        _notice = null;
        Breaker.BeginAnew();
    }

    /// <summary>Another server may answer at its address now: what was said of the one before is forgotten, except faults.</summary>
    public void Return()
    {
        _notice = null;
        (_load, _capabilities) = (null, null);
        Breaker.BeginAnew();
    }

    /// <summary>Takes over what is known of the same server from the object that stood for it before; its faults are not taken over.</summary>
    public void TakeOver(Replica before)
    {
        (_unreachable, _wasProbed) = (before._unreachable, before._wasProbed);
        (_notice, _load, _capabilities) = (before._notice, before._load, before._capabilities);
    }

    /// <summary>Takes a probe's word. A replica that comes back is tried again without waiting for its breaker.</summary>
    public void Probed(bool reached)
    {
        if (reached && _unreachable)
        {
            Breaker.TryEarlier();
            Breaker.BeginAnew();
        }

        _unreachable = !reached;
        _wasProbed = true;
    }
}
