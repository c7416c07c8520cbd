using Gateway.Simulator.Engine;
using Gateway.Simulator.Hosting;

namespace Gateway.Simulator.Routes;

/// <summary>One HTTP request and what becomes of its connection.</summary>
internal sealed class Exchange(HttpContext context, SimClock clock, ReceivedRequest? received) : IDisposable
{
    /// <summary>Time for written bytes to leave before a reset overtakes them; real time.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(5);

    private CancellationTokenRegistration _recording, _engine;
    private CancellationToken? _left;
    private bool _ours;

    public HttpContext Context => context;

    /// <summary>Cancelled when the caller closes the connection.</summary>
    public CancellationToken CallerLeft => _left ??= context.RequestAborted;

    /// <summary>Whether the caller is known to have left; costs nothing where nobody watches.</summary>
    public bool HasLeft => _left is { IsCancellationRequested: true };

    /// <summary>Keeps <see cref="ReceivedRequest.Aborted"/> up to date.</summary>
    public void Watch()
    {
        if (received is not null) _recording = CallerLeft.UnsafeRegister(static state => ((ReceivedRequest)state!).MarkAborted(), received);
    }

    /// <summary>Frees the engine when the caller leaves.</summary>
    public void Watch(Generation generation, IEngine engine) =>
        _engine = CallerLeft.UnsafeRegister(
            static state =>
            {
                var (generation, engine) = ((Generation, IEngine))state!;
                generation.Abort(engine);
            },
            (generation, engine));

    /// <summary>Silence until the caller leaves.</summary>
    public async Task StallAsync()
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, clock.Time, CallerLeft);
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>Resets the connection, behind what has been flushed.</summary>
    public async Task CutAsync()
    {
        await Task.Delay(Settle, TimeProvider.System, CancellationToken.None);
        Reset();
    }

    /// <summary>Resets the connection now; that is our doing, not the caller's.</summary>
    public void Reset()
    {
        _ours = true;
        _recording.Unregister();
        Connections.Reset(context);
    }

    public void Dispose()
    {
        // The reply may have noticed before the registration did.
        if (!_ours && HasLeft) received?.MarkAborted();
        _recording.Dispose();
        _engine.Dispose();
    }
}
