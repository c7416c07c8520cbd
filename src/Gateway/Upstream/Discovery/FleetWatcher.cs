using Gateway.Configuration;
using Gateway.Hosting;
using Gateway.Telemetry;

namespace Gateway.Upstream.Discovery;

/// <summary>Keeps the members of discovering pools as their sources find them, over every reload of the configuration.</summary>
public sealed class FleetWatcher(LiveBlueprint live, ReplicaSources sources, TimeProvider time, ILogger<FleetWatcher> log) : BackgroundService
{
    private readonly Dictionary<string, WatchedPool> _watched = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            for (; ; )
            {
                // Until a reload is followed, its blueprint has the members that the one before had.
                var seen = live.Current;
                await FollowAsync(seen);
                await live.OtherThanAsync(seen, stoppingToken);
            }
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
