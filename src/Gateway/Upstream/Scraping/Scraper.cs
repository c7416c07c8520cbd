using Gateway.Hosting;
using Gateway.Routing;

namespace Gateway.Upstream.Scraping;

/// <summary>Has every replica watched that is in a pool at the moment, and none that has left.</summary>
public sealed class Scraper(LiveBlueprint live, TimeProvider time, Random chance) : BackgroundService
{
    /// <summary>How soon a replica is watched that discovery or a reload brought; looking costs a dictionary's lookup for each.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<Replica, Watch> _watches = new(ReferenceEqualityComparer.Instance);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        try
        {
            do
                Follow(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            await Task.WhenAll(_watches.Values.Select(watch => watch.Running));
            foreach (var watch in _watches.Values)
                watch.Dispose();
        }
    }

    private void Follow(CancellationToken stopping)
    {
        foreach (var watch in _watches.Values)
            watch.IsWanted = false;
        foreach (var upstream in live.Current.Upstreams)
        {
            foreach (var replica in upstream.Pool.Replicas)
            {
                if (!upstream.Options.Metrics.Reads(replica.Address))
                    continue;
                if (!_watches.TryGetValue(replica, out var watch))
                    _watches[replica] = watch = Watch.Start(upstream, new ReplicaWatch(replica, time, chance), stopping);
                (watch.Upstream, watch.IsWanted) = (upstream, true);
                watch.Hurry();
            }
        }

        foreach (var (replica, watch) in _watches)
        {
            if (watch.IsWanted)
                continue;
            watch.Dispose();
            // Removing what an enumeration has just given is allowed.
            _watches.Remove(replica);
        }
    }

    /// <summary>A watch that runs, and what ends it.</summary>
    private sealed class Watch : IDisposable
    {
        private readonly CancellationTokenSource _ending;
        private readonly ReplicaWatch _over;
        private volatile UpstreamPool _upstream;

        private Watch(UpstreamPool upstream, ReplicaWatch over, CancellationTokenSource ending) =>
            (_upstream, _over, _ending) = (upstream, over, ending);

        public UpstreamPool Upstream
        {
            get => _upstream;
            set => _upstream = value;
        }

        public bool IsWanted { get; set; }

        public Task Running { get; private set; } = Task.CompletedTask;

        public static Watch Start(UpstreamPool upstream, ReplicaWatch over, CancellationToken stopping)
        {
            var watch = new Watch(upstream, over, CancellationTokenSource.CreateLinkedTokenSource(stopping));
            watch.Running = over.RunAsync(() => watch.Upstream, watch._ending.Token);
            return watch;
        }

        public void Hurry() => _over.Hurry();

        /// <summary>Ends the watch; what it holds goes with its last step.</summary>
        public void Dispose()
        {
            _ending.Cancel();
            _ending.Dispose();
        }
    }
}
