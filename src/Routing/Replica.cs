using Gateway.Routing.Admission;
using Gateway.Routing.Balancing;
using Gateway.Routing.Health;

namespace Gateway.Routing;

/// <summary>One vLLM server: its address, what we have in flight there, and whether it may be tried.</summary>
/// <remarks>Live and shared by all requests; survives a configuration reload as long as its pool keeps its address.</remarks>
public sealed class Replica(Uri address, CircuitBreaker breaker)
{
    private int _inFlight;
    private volatile bool _unreachable;
    private volatile bool _wasProbed;
    private volatile bool _isDoubted;
    private volatile DrainNotice? _notice;
    private volatile ReplicaLoad? _load;
    private volatile ReplicaCapabilities? _capabilities;

    public Uri Address { get; } = address;

    /// <summary>Host and port, the way logs and headers name the replica.</summary>
    public string Name { get; } = address.Authority;

    /// <summary>Where its paths lead.</summary>
    public ApiAddress Paths { get; } = new(address);

    /// <summary>A number for the name, the same in every process.</summary>
    public ulong Key { get; } = KeyOf(address.Authority);

    /// <summary>Where its chat requests go.</summary>
    public Uri Chat { get; } = new ApiAddress(address).Of("/v1/chat/completions");

    public CircuitBreaker Breaker { get; } = breaker;

    /// <summary>What of prompts it has probably cached.</summary>
    public PrefixMemory Prefixes { get; private set; } = new();

    /// <summary>What is under way there, in tokens.</summary>
    public ReplicaWork Work { get; } = new(breaker.Clock);

    /// <summary>How many requests it takes at once.</summary>
    public InFlightLimit Limit { get; } = new();

    /// <summary>Our own requests there now; exact, because it does not wait for a scrape.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Whether the last probe reached it. A draining vLLM answers probes too, so this only ever rules a replica out.</summary>
    public bool IsReachable => !_unreachable;

    /// <summary>Whether a probe has come back at all, whatever it said.</summary>
    public bool WasProbed => _wasProbed;

    /// <summary>Whether a scrape went unanswered since the last probe came back.</summary>
    public bool IsDoubted => _isDoubted;

    /// <summary>What it said of its load last; null until it was scraped.</summary>
    public ReplicaLoad? Load
    {
        get => _load;
        set
        {
            Work.Scraped(value, InFlight);
            if (value is { CacheQueries: > 0 })
                Prefixes.Scraped(value.CacheQueries - value.CacheHits);
            _load = value;
        }
    }

    /// <summary>What it can do; null until it was asked.</summary>
    public ReplicaCapabilities? Capabilities
    {
        get => _capabilities;
        set
        {
            Prefixes.Resize(value?.KvTokens);
            _capabilities = value;
        }
    }

    /// <summary>Whether it is known to serve this name; false also while it has not been asked.</summary>
    public bool IsKnownToServe(string name) => _capabilities is { } known && known.Models.Contains(name);

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

    /// <summary>A request of unknown size is sent there.</summary>
    public void Enter() => Interlocked.Increment(ref _inFlight);

    /// <summary>It has ended.</summary>
    public void Leave() => Interlocked.Decrement(ref _inFlight);

    /// <summary>A request is sent there; follow it with <see cref="Begin"/> and <see cref="Leave(in Forecast)"/>, or with <see cref="Abandon"/>.</summary>
    /// <param name="forecast">What its picker expects.</param>
    /// <param name="blocks">The prompt's blocks, which the replica will have cached; empty when not known.</param>
    /// <param name="streams">Whether its first token will be seen.</param>
    /// <returns>Tokens it waits for, for <see cref="Begin"/>.</returns>
    public long Enter(in Forecast forecast, ReadOnlySpan<ulong> blocks, bool streams)
    {
        Enter();
        if (!blocks.IsEmpty)
            Prefixes.Remember(blocks);
        return Work.Enter(forecast, streams);
    }

    /// <summary>Its first token, or its whole answer, has come.</summary>
    public void Begin(in Forecast forecast, bool streams, long ahead, TimeSpan took) => Work.Begin(forecast, streams, ahead, took);

    /// <summary>It ended before its first token.</summary>
    public void Abandon(in Forecast forecast, bool streams)
    {
        Work.Abandon(forecast, streams);
        Leave();
    }

    /// <summary>It ended after its first token.</summary>
    public void Leave(in Forecast forecast)
    {
        Work.Leave(forecast, Gaps.Value);
        Leave();
    }

    /// <summary>Takes what an answer says of itself.</summary>
    /// <param name="forecast">What was expected.</param>
    /// <param name="prompt">Tokens of its prompt.</param>
    /// <param name="cached">Of those the ones that were cached.</param>
    /// <param name="answer">Tokens of the answer.</param>
    public void Settle(in Forecast forecast, int prompt, int cached, int answer)
    {
        Prefixes.Settle(forecast, prompt, cached);
        Prefixes.Pass(answer);
        Work.Answered(answer);
    }

    /// <summary>A scrape went unanswered: a probe shall say whether it is there.</summary>
    public void Doubt() => _isDoubted = true;

    /// <summary>Whether it is thought to be there, and has told its load within so long: what a probe would ask is known.</summary>
    public bool WasSeenWithin(TimeSpan age) =>
        !_unreachable && !_isDoubted && _load is { } load && Breaker.Clock.GetElapsedTime(load.TakenAt) < age;

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
        Prefixes = before.Prefixes;
    }

    /// <summary>Takes a probe's word. A replica that comes back is tried again without waiting for its breaker.</summary>
    public void Probed(bool reached)
    {
        if (reached && _unreachable)
        {
            Breaker.TryEarlier();
            // Most likely it was started anew. If not, what it still has is found out about by its answers.
            Prefixes.Clear();
            Breaker.BeginAnew();
        }

        _unreachable = !reached;
        _isDoubted = false;
        _wasProbed = true;
    }

    /// <summary>FNV-1a, 64 bits.</summary>
    private static ulong KeyOf(string name)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var letter in name)
            hash = (hash ^ letter) * 0x100000001B3;
        return hash;
    }
}
