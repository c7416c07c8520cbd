using Gateway.Hosting;
using Gateway.Routing.Cascade;
using Gateway.Routing.Thresholds;

namespace Gateway.State;

/// <summary>Keeps the windows of recent scores over a restart, and has gateways that share a store rank by each other's scores too.</summary>
/// <remarks>
/// For every model that holds a share: <c>window/kept/VERSION/MODEL</c> is what a gateway that starts goes on from;
/// <c>window/live/VERSION/MODEL/GATEWAY</c>, soon expired, is what the others rank by. A store that is not there changes nothing:
/// each gateway then holds the share by its own traffic.
/// </remarks>
public sealed class WindowKeeper(LiveBlueprint live, IStateStore store, TimeProvider time, Random chance) : BackgroundService
{
    /// <summary>How often windows are written and those of others are read: some dozens of requests at a busy gateway.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>How long the window of a gateway that went away is still ranked by.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    /// <summary>How long a start waits for the store; a missed window is learned again within some hundred requests.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromMilliseconds(300);

    private readonly string _gateway = chance.NextInt64().ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
    private readonly HashSet<ShareThreshold> _known = [];
    private readonly Dictionary<string, byte[]> _kept = [];

    /// <summary>Goes on from what was kept before the first request is taken, unless the store is slow.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(StartPatience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await LoadAsync(both.Token);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await LoadAsync(stoppingToken);
            await ExchangeAsync(stoppingToken);
        }
    }

    /// <summary>Writes once more, so that the next start goes on from the last request.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var (key, threshold) in Held())
            await KeepAsync(key, threshold.Save(), cancellationToken);
    }

    /// <summary>A threshold that is new here goes on from what was kept; one that a reload took over has gone on already.</summary>
    private async Task LoadAsync(CancellationToken cancel)
    {
        _known.IntersectWith(Held().Select(held => held.Threshold));
        foreach (var (key, threshold) in Held())
        {
            if (_known.Contains(threshold))
                continue;
            var kept = await store.GetAsync($"window/kept/{key}", cancel);
            if (!kept.IsReached)
                continue;
            _known.Add(threshold);
            if (kept.Value is { } saved && !threshold.HasDecided)
                threshold.Load(saved);
        }
    }

    private async Task ExchangeAsync(CancellationToken cancel)
    {
        foreach (var (key, threshold) in Held())
        {
            var saved = threshold.Save();
            await KeepAsync(key, saved, cancel);
            if (!store.IsShared)
                continue;
            await store.SetAsync($"window/live/{key}/{_gateway}", saved, Lifetime, cancel);
            var all = await store.ListAsync($"window/live/{key}/", cancel);
            if (all.IsReached)
                threshold.Share([.. all.Value.Where(one => !one.Key.EndsWith(_gateway, StringComparison.Ordinal)).Select(one => one.Value)]);
        }
    }

    /// <summary>Writes what has changed since it was last written: a model that nobody asks for costs the store nothing.</summary>
    private async ValueTask KeepAsync(string key, byte[] saved, CancellationToken cancel)
    {
        if (_kept.TryGetValue(key, out var before) && before.AsSpan().SequenceEqual(saved))
            return;
        if ((await store.SetAsync($"window/kept/{key}", saved, null, cancel)).IsReached)
            _kept[key] = saved;
    }

    private IEnumerable<(string Key, ShareThreshold Threshold)> Held()
    {
        foreach (var route in live.Current.Catalog.Routes)
        {
            if (route.Choice is { Threshold: ShareThreshold threshold } choice)
                yield return (KeyOf(route, choice), threshold);
        }
    }

    private static string KeyOf(ModelRoute route, CascadeChoice choice) => $"{choice.Scorer.Version}/{Uri.EscapeDataString(route.Name)}";
}
