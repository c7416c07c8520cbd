using System.Globalization;
using System.Text;
using Gateway.Caching;
using Gateway.Configuration;
using Gateway.Hosting;
using Gateway.State;
using Gateway.Telemetry;

namespace Gateway.Cache.Storage;

/// <summary>Keeps the cache over a restart, sweeps what is expired, and lets go of what a reload replaced.</summary>
/// <remarks>
/// <c>cache/epoch</c> is what all gateways that share a store flush by; <c>cache/bars/EMBEDDER</c> is what was learned of similarities, which the
/// gateway that wrote last decides. Answers and vectors in memory are in files of the state directory, from one end to the next start.
/// </remarks>
public sealed class CacheKeeper(LiveBlueprint live, IStateStore store, TimeProvider time, ILogger<CacheKeeper> log) : BackgroundService
{
    private const string EpochKey = "cache/epoch";

    /// <summary>How often the epoch is read: for so long a flush at another gateway may go unseen.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>How often what is expired is looked for; it is never given out meanwhile.</summary>
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    /// <summary>How long a start waits for the epoch: entries that were flushed must not come back.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromMilliseconds(300);

    /// <summary>How long requests may still use what a reload replaced: looking up takes a budget of some milliseconds.</summary>
    private static readonly TimeSpan LetGoAfter = TimeSpan.FromMinutes(1);

    private readonly List<(CacheStorage Storage, DateTimeOffset Since)> _replaced = [];
    private CacheStorage? _kept;
    private byte[] _bars = [];
    private DateTimeOffset _sweptAt;

    private CacheStorage? Storage => live.Current.Cache?.Storage;

    /// <summary>Makes all entries as if they were not there, here at once and at gateways that share the store within seconds.</summary>
    /// <returns>Whether the store was reached, so that others will follow.</returns>
    public async ValueTask<bool> FlushAsync(AnswerCache answers, CancellationToken cancel)
    {
        var epoch = Math.Max(answers.Epoch + 1, time.GetUtcNow().ToUnixTimeMilliseconds());
        answers.AdvanceTo(epoch);
        return (await store.SetAsync(EpochKey, Encoding.ASCII.GetBytes(epoch.ToString(CultureInfo.InvariantCulture)), null, cancel)).IsReached;
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(StartPatience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await ReadEpochAsync(both.Token);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _sweptAt = time.GetUtcNow();
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await FollowAsync(stoppingToken);
            await ReadEpochAsync(stoppingToken);
            await KeepBarsAsync(stoppingToken);
            await SweepAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Writes what the next start goes on from.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (Storage is not { } storage)
            return;
        await KeepBarsAsync(cancellationToken);
        if (Files is { } files)
            await files.SaveAsync(storage, cancellationToken);
    }

    /// <summary>Null where nothing is to be kept.</summary>
    private SnapshotFiles? Files => live.Current.Options.State.Directory is var directory && directory != StateOptions.Memory
        ? new SnapshotFiles(directory, log)
        : null;

    /// <summary>A storage that is new goes on from what was kept; one that was replaced is let go when nobody uses it any more.</summary>
    private async Task FollowAsync(CancellationToken cancel)
    {
        if (Storage is var now && now != _kept)
        {
            if (_kept is not null)
                _replaced.Add((_kept, time.GetUtcNow()));
            else if (now is not null && Files is { } files)
                await files.LoadAsync(now, cancel);
            _kept = now;
            if (now?.Meaning is { } meaning && (await store.GetAsync(BarsKey(now), cancel)).Value is { } saved)
                meaning.Bars.Load(saved);
        }

        foreach (var (storage, _) in _replaced.Where(one => time.GetUtcNow() - one.Since >= LetGoAfter).ToList())
        {
            _replaced.RemoveAll(one => one.Storage == storage);
            await storage.DisposeAsync();
        }
    }

    private async Task ReadEpochAsync(CancellationToken cancel)
    {
        if (Storage is { } storage && (await store.GetAsync(EpochKey, cancel)).Value is { } bytes
            && long.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch))
            storage.Answers.AdvanceTo(epoch);
    }

    private async Task KeepBarsAsync(CancellationToken cancel)
    {
        if (Storage is not { Meaning: { } meaning } storage || storage != _kept)
            return;
        var bars = meaning.Bars.Save();
        if (!bars.AsSpan().SequenceEqual(_bars) && (await store.SetAsync(BarsKey(storage), bars, null, cancel)).IsReached)
            _bars = bars;
    }

    private async Task SweepAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (Storage is not { } storage || now - _sweptAt < SweepEvery)
            return;
        _sweptAt = now;
        try
        {
            var expired = new EntryFilter(ExpiredAt: now);
            await storage.Memory.RemoveAsync(expired, cancel);
            if (storage.Index is { } index)
                await index.RemoveAsync(expired, cancel);
        }
#pragma warning disable CA1031 // Whatever a store throws, it is asked again in a minute, and nothing expired is given out meanwhile.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031 // Elsewhere only named exceptions are caught.
        {
            log.SweepFailed(e.Message);
        }
    }

    private static string BarsKey(CacheStorage storage) => $"cache/bars/{Uri.EscapeDataString(storage.EmbedderVersion!)}";
}
