using Gateway.Configuration;
using Gateway.Hosting;
using Gateway.Routing.Health;
using Gateway.Telemetry;

namespace Gateway.Upstream.Discovery;

/// <summary>One pool whose members are found by a source, over reloads of the configuration.</summary>
internal sealed class WatchedPool : IFindings, IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly string _name;
    private readonly LiveBlueprint _live;
    private readonly ILogger _log;
    private readonly Membership _membership;
    private readonly Task _running;
    private IReadOnlyList<FoundReplica>? _found;
    private bool _isFailing;

    public WatchedPool(string name, DiscoverOptions options, LiveBlueprint live, IReplicaSource source, TimeProvider time, ILogger log)
    {
        (_name, Options, _live, _log) = (name, options, live, log);
        _membership = new Membership(time);
        _running = RunAsync(source);
    }

    public DiscoverOptions Options { get; }

    public void Found(IReadOnlyList<FoundReplica> replicas)
    {
        lock (_gate)
        {
            if (_isFailing)
                _log.DiscoveryBack(_name);
            _isFailing = false;
            _found = replicas;
            Apply();
        }
    }

    public void Failed(string cause)
    {
        PoolMetrics.CountDiscoveryFailure(_name);
        if (!_isFailing)
            _log.DiscoveryFailed(_name, cause);
        _isFailing = true;
    }

    /// <summary>Brings what was found into the blueprint in force, which may be another than when it was found.</summary>
    public void Apply()
    {
        lock (_gate)
        {
            if (_found is null || _stop.IsCancellationRequested || _live.Current.Fleet.Find(_name) is not { } pool)
                return;
            var options = _live.Current.UpstreamOf(pool).Options.Breaker;
            var change = _membership.Apply(pool, _found, new BreakerSettings(options.Faults, options.Open, options.MaxOpen));
            foreach (var replica in change.Joined)
                _log.ReplicaJoined(replica.Name, _name);
            foreach (var replica in change.Draining)
                _log.ReplicaDraining(replica.Name, _name, Membership.Terminating, replica.InFlight);
            foreach (var replica in change.Left)
                _log.ReplicaLeft(replica.Name, _name, replica.InFlight);
        }
    }

    /// <summary>Ends the watching. The members stay as they are.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    private async Task RunAsync(IReplicaSource source)
    {
        // What a source loads when it starts must not keep the other pools waiting.
        await Task.Yield();
        await source.RunAsync(this, _stop.Token);
    }
}
