using Gateway.Caching.Embedding.Builtin;
using Gateway.Caching.Semantic;
using Gateway.Caching.Semantic.Bounds;
using Gateway.Hosting;
using Gateway.State;

namespace Gateway.Cache.Verification;

/// <summary>Keeps what the cache's bars have learned over a restart.</summary>
/// <remarks>
/// <c>cache/bars/VERSION</c> is what a gateway that starts goes on from; of gateways that share a store the last that wrote is heard, and each
/// goes on learning by itself. A store that is not there changes nothing.
/// </remarks>
public sealed class BarKeeper(LiveBlueprint live, IStateStore store, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>How long a start waits for the store.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromMilliseconds(300);

    /// <summary>Bars are on the scale of the encoder that confirms: another encoder's start anew.</summary>
    private const string Key = $"cache/bars/{BuiltinModel.EncoderVersion}";

    private LearnedBars? _loaded;
    private byte[] _kept = [];

    private LearnedBars? Bars => (live.Current.Cache?.Answers.Semantic as SemanticCache)?.Bars;

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
            await KeepAsync(stoppingToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await KeepAsync(cancellationToken);
    }

    /// <summary>Bars that are new here go on from what was kept, unless they have learned something themselves.</summary>
    private async Task LoadAsync(CancellationToken cancel)
    {
        if (Bars is not { } bars || bars == _loaded)
            return;
        var kept = await store.GetAsync(Key, cancel);
        if (!kept.IsReached)
            return;
        _loaded = bars;
        if (kept.Value is { } saved && bars.Report().Count == 0)
            bars.Load(saved);
    }

    private async Task KeepAsync(CancellationToken cancel)
    {
        if (Bars is not { } bars || bars != _loaded)
            return;
        var saved = bars.Save();
        if (!saved.AsSpan().SequenceEqual(_kept) && (await store.SetAsync(Key, saved, null, cancel)).IsReached)
            _kept = saved;
    }
}
