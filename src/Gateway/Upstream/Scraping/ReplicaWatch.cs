using System.IO.Hashing;
using System.Text;
using Gateway.Routing;
using Gateway.Routing.Health;
using Gateway.Upstream.Probing;
using Gateway.Upstream.SideCalls;

namespace Gateway.Upstream.Scraping;

/// <summary>Watches one replica: asks what it can do, then reads its metrics again and again.</summary>
/// <remarks>
/// It only ever adds knowledge. A replica whose metrics cannot be read has no known load, and serves all the same.
/// </remarks>
internal sealed class ReplicaWatch(Replica replica, TimeProvider time, Random chance, CancellationToken stopping)
{
    /// <summary>How long a scrape may take; a busy server answers late, and a later answer says nothing of now.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Age from which a load is taken for unknown: a few scrapes missed.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(6);

    /// <summary>When a replica is asked again that left a question open.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(15);

    private readonly ScrapePace _pace = new(chance);
    private readonly Uri _metrics = replica.Paths.Of("/metrics");
    private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    private Task _running = Task.CompletedTask;
    private ScrapeOutcome _last = ScrapeOutcome.Silent;
    private long _dueAt = long.MinValue;
    private long? _askAt = 0;
    private long? _kvTokens;
    private ulong _adaptersSeen;
    private IReadOnlyList<string> _adapters = [];

    /// <summary>Whether its replica is in a pool still; a mark for whoever goes through the pools.</summary>
    public bool IsWanted { get; set; }

    /// <summary>Whether its replica has something to do.</summary>
    public bool IsBusy => replica.InFlight > 0 || (_running.IsCompleted && _last == ScrapeOutcome.Busy);

    /// <summary>Scrapes if it is time to, or if one that idled has something to do now; and not while the last scrape is under way.</summary>
    /// <param name="upstream">The replica's pool as it is now.</param>
    public void StartIfDue(UpstreamPool upstream)
    {
        if (!_running.IsCompleted)
            return;
        if (time.GetTimestamp() >= _dueAt || (_last == ScrapeOutcome.Idle && replica.InFlight > 0))
            _running = LookAsync(upstream, _ending.Token);
    }

    /// <summary>Ends the watch, and leaves no load behind that would never be refreshed.</summary>
    public async Task EndAsync()
    {
        await _ending.CancelAsync();
        await _running;
        replica.Load = null;
        _ending.Dispose();
    }

    private async Task LookAsync(UpstreamPool upstream, CancellationToken cancel)
    {
        _last = await ScrapeAsync(upstream, cancel);
        if (cancel.IsCancellationRequested)
            return;
        if (_last == ScrapeOutcome.Silent)
            replica.Doubt();
        await AskWhenDueAsync(upstream, _last, cancel);
        var wait = _pace.Next(_last, upstream.Options.Metrics.Interval, upstream.Options.Metrics.IdleInterval);
        _dueAt = time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);
    }

    /// <summary>Asks a newcomer, one that was gone or may be another now, and one that left a question open.</summary>
    private async ValueTask AskWhenDueAsync(UpstreamPool upstream, ScrapeOutcome outcome, CancellationToken cancel)
    {
        if (outcome == ScrapeOutcome.Silent || !replica.IsReachable)
        {
            _askAt = 0;
            if (outcome == ScrapeOutcome.Silent)
                return;
        }

        if (replica.Capabilities is null)
            _askAt ??= 0;
        if (_askAt is not { } at || time.GetTimestamp() < at)
            return;
        var finding = await CapabilityProbe.AskAsync(upstream, replica, _kvTokens, cancel);
        if (finding is not null)
            replica.Capabilities = finding.Capabilities;
        _askAt = finding is { IsWhole: true } ? null : time.GetTimestamp() + (long)(AskAgain.TotalSeconds * time.TimestampFrequency);
    }

    private async ValueTask<ScrapeOutcome> ScrapeAsync(UpstreamPool upstream, CancellationToken cancel)
    {
        using var reply = await SideCall.GetAsync(upstream.Connections, _metrics, Limit, cancel);
        if (reply.IsGood && EngineMetrics.Read(reply.Body.Span) is { IsEngine: true } read)
        {
            replica.Load = LoadOf(reply.Body.Span, read);
            _kvTokens = read.KvTokens > 0 ? read.KvTokens : null;
            return read.Running + read.Waiting + replica.InFlight > 0 ? ScrapeOutcome.Busy : ScrapeOutcome.Idle;
        }

        if (replica.Load is { } last && time.GetElapsedTime(last.TakenAt) > Fresh)
            replica.Load = null;
        return reply.IsFinal ? ScrapeOutcome.WithoutMetrics : ScrapeOutcome.Silent;
    }

    private ReplicaLoad LoadOf(ReadOnlySpan<byte> page, in EngineMetrics read)
    {
        NoteAdapters(read.RunningAdapters.In(page), read.WaitingAdapters.In(page));
        return new ReplicaLoad(read.Running, read.Waiting, Math.Clamp(read.KvUse ?? 0, 0, 1), time.GetTimestamp())
        {
            CacheQueries = read.CacheQueries,
            CacheHits = read.CacheHits,
            BusyAdapters = _adapters,
        };
    }

    /// <summary>Names are made of the bytes only when they have changed; and then there may be adapters that were not there when it was asked.</summary>
    private void NoteAdapters(ReadOnlySpan<byte> running, ReadOnlySpan<byte> waiting)
    {
        var seen = XxHash3.HashToUInt64(running) ^ (XxHash3.HashToUInt64(waiting) * 3);
        if (seen == _adaptersSeen)
            return;
        _adaptersSeen = seen;
        _adapters = [.. NamesIn(running).Concat(NamesIn(waiting)).Distinct(StringComparer.Ordinal)];
        if (_adapters.Any(name => replica.Capabilities?.Models.Contains(name) == false))
            _askAt ??= time.GetTimestamp();
    }

    private static string[] NamesIn(ReadOnlySpan<byte> list) =>
        Encoding.UTF8.GetString(list).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
