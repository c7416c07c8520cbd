using Gateway.Configuration;
using Gateway.Hosting;
using Gateway.Telemetry;

namespace Gateway.Upstream.Discovery;

/// <summary>Keeps the members of discovering pools as their sources find them, over every reload of the configuration.</summary>
public sealed class FleetWatcher(LiveBlueprint live, ReplicaSources sources, TimeProvider time, ILogger<FleetWatcher> log) : BackgroundService
{
    /// <summary>How soon a reload is noticed; until then a new blueprint has the members that the one before had.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<string, WatchedPool> _watched = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        Blueprint? seen = null;
        try
        {
            do
            {
                if (ReferenceEquals(live.Current, seen))
                    continue;
                seen = live.Current;
                await FollowAsync(seen);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            foreach (var name in _watched.Keys)
                await StopAsync(name);
        }
    }

    private async Task FollowAsync(Blueprint blueprint)
    {
        foreach (var (name, watched) in _watched)
        {
            if (blueprint.Options.Pools.GetValueOrDefault(name)?.Discover != watched.Options)
                await StopAsync(name);
            else
                watched.Apply();
        }

        foreach (var (name, pool) in blueprint.Options.Pools)
        {
            if (pool.Discover is { } discover && !_watched.ContainsKey(name))
                _watched[name] = Watch(name, discover);
        }
    }

    private WatchedPool Watch(string name, DiscoverOptions discover)
    {
        log.Discovering(name, ReplicaSources.Describe(discover));
        return new WatchedPool(name, discover, live, sources.Create(discover), time, log);
    }

    private async Task StopAsync(string name)
    {
        if (!_watched.Remove(name, out var watched))
            return;
        await watched.StopAsync();
        watched.Dispose();
    }
}
