using Gateway.Telemetry;

namespace Gateway.Hosting;

/// <summary>What happens between SIGTERM and the end: new requests are turned away, running answers finish, then the listeners close.</summary>
/// <remarks>
/// The listeners stay open meanwhile, so that a caller who comes too late is told to go elsewhere instead of finding the port
/// shut, and so that readiness and metrics can be read to the last.
/// </remarks>
public sealed class Drain(LiveBlueprint live, TimeProvider time, ILogger<Drain> log) : IHostedLifecycleService, IDisposable
{
    /// <summary>What is left of the drain for telling callers that their answer ends here.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    /// <summary>How often it is looked whether the last answer has ended.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _expired = new();
    private int _running;

    /// <summary>Fires when the time of running answers is up.</summary>
    public CancellationToken Expired => _expired.Token;

    /// <summary>Whether the gateway has been told to stop.</summary>
    public bool IsDraining { get; private set; }

    public void Enter() => Interlocked.Increment(ref _running);

    public void Leave() => Interlocked.Decrement(ref _running);

    /// <summary>Runs before anything is stopped.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var drain = live.Current.Options.Server.Drain;
        var startedAt = time.GetTimestamp();
        IsDraining = true;
        log.Draining(Volatile.Read(ref _running), drain.TotalSeconds);
        _expired.CancelAfter(drain > Farewell * 2 ? drain - Farewell : drain / 2);
        while (Volatile.Read(ref _running) > 0 && time.GetElapsedTime(startedAt) < drain && !cancellationToken.IsCancellationRequested)
            await Task.Delay(Look, time, CancellationToken.None);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _expired.Dispose();
}
