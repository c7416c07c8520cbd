using Gateway.Routing.Health;

namespace Gateway.Routing;

/// <summary>One vLLM server: its address, what we have in flight there, and whether it may be tried.</summary>
/// <remarks>Live and shared by all requests; survives a configuration reload as long as its pool keeps its address.</remarks>
public sealed class Replica(Uri address, CircuitBreaker breaker)
{
    private int _inFlight;
    private volatile bool _unreachable;

    public Uri Address { get; } = address;

    /// <summary>Host and port, the way logs and headers name the replica.</summary>
    public string Name { get; } = address.Authority;

    public CircuitBreaker Breaker { get; } = breaker;

    /// <summary>Our own requests there now; exact, because it does not wait for a scrape.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Whether the last probe reached it. A draining vLLM answers probes too, so this only ever rules a replica out.</summary>
    public bool IsReachable => !_unreachable;

    /// <summary>Whether a request may go there now.</summary>
    public bool IsAvailable => !_unreachable && Breaker.Allows;

    public void Enter() => Interlocked.Increment(ref _inFlight);

    public void Leave() => Interlocked.Decrement(ref _inFlight);

    /// <summary>Takes a probe's word. A replica that comes back is tried again without waiting for its breaker.</summary>
    public void Probed(bool reached)
    {
        if (reached && _unreachable)
            Breaker.TryEarlier();
        _unreachable = !reached;
    }
}
