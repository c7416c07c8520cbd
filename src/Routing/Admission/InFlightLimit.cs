using Gateway.Routing.Health;

namespace Gateway.Routing.Admission;

/// <summary>How many requests one replica takes at once, learned: up while it has room for what it gets, down when it queues or its cache fills.</summary>
/// <remarks>
/// Additive increase, multiplicative decrease, as TCP finds its window (Chiu and Jain, 1989): several gateways that see the same replica
/// come to equal shares of it. Until the first sign of trouble it grows by a share instead. Signs are what the replica's metrics say;
/// without these, first tokens that take several times as long as they do when it has time.
/// </remarks>
public sealed class InFlightLimit
{
    /// <summary>Where it starts, and what it may come to when no number is given: vLLM's own default is 256 sequences at once, on large GPUs 1024.</summary>
    private const int Start = 64;
    private const int Most = 2048;

    /// <summary>However bad things look, so many may be there: less would stop the pool from showing that it is well again.</summary>
    private const int Least = 4;

    /// <summary>Cache use above which vLLM will soon preempt, and below which there is room for more; llm-d calls a replica saturated from 0.8.</summary>
    private const double KvFull = 0.9;
    private const double KvRoomy = 0.8;

    /// <summary>Waiting requests that are no sign of anything: each spends a step in vLLM's queue before it runs.</summary>
    private const int FewWaiting = 2;

    /// <summary>What is kept at a cut: for a cache that is full; at least, and at most, however long the queue; as with TCP's half and Cubic's 0.7.</summary>
    private const double KvKept = 0.85;
    private const double LeastKept = 0.5;
    private const double MostKept = 0.95;
    private const double SlowKept = 0.85;
    private const double VerySlowKept = 0.7;

    private const double EarlyGrowth = 1.25;

    /// <summary>From this share of the limit on it counts as used: only then does more make a difference.</summary>
    private const double Used = 0.85;

    /// <summary>A scrape older than this says nothing of now; scrapers come by at least once a second.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(5);

    /// <summary>Between two cuts: what is in flight takes a while to show that less is coming.</summary>
    private static readonly TimeSpan Reaction = TimeSpan.FromSeconds(1);

    private readonly FirstTokenTrend _trend = new();
    private double _limit;
    private int? _given;
    private int _highest;
    private int _waitingBefore;
    private bool _wasCut;
    private long _cutAt;
    private long _scrapedAt;

    /// <summary>Notes how long a stream's first token took; from any thread.</summary>
    public void Note(TimeSpan firstToken) => _trend.Note(firstToken);

    /// <summary>Takes in what has become known, and says how many the replica takes.</summary>
    /// <param name="given">The operator's number: where it starts, and what it never exceeds; null when there is none.</param>
    /// <param name="inFlight">Our own requests there.</param>
    /// <param name="load">What it said of its load last.</param>
    /// <param name="now">Timestamp of the clock.</param>
    /// <param name="time">The clock.</param>
    internal int Adapt(int? given, int inFlight, ReplicaLoad? load, long now, TimeProvider time)
    {
        if (_limit == 0 || given != _given)
            (_limit, _given, _wasCut) = (given ?? Start, given, false);
        _highest = Math.Max(_highest, inFlight);
        if (load is not null && time.GetElapsedTime(load.TakenAt, now) < Stale)
            Read(load, now, time);
        else if (_trend.TryRead(now, time) is { } pace)
            Move(pace == FirstTokenPace.Slow ? SlowKept : pace == FirstTokenPace.VerySlow ? VerySlowKept : 1, isGood: pace == FirstTokenPace.Usual, now, time);
        return (int)_limit;
    }

    private void Read(ReplicaLoad load, long now, TimeProvider time)
    {
        if (load.TakenAt == _scrapedAt)
            return;
        var isQueueing = load.Waiting > FewWaiting && load.Waiting >= _waitingBefore;
        (_scrapedAt, _waitingBefore) = (load.TakenAt, load.Waiting);
        // What waits there is what is too much; it is in flight with us, or with another gateway that will find the same.
        var kept = isQueueing ? Math.Clamp((double)(_highest - load.Waiting) / Math.Max(1, _highest), LeastKept, MostKept) : 1;
        Move(load.KvUse > KvFull ? Math.Min(kept, KvKept) : kept, isGood: load.Waiting == 0 && load.KvUse < KvRoomy, now, time);
    }

    /// <param name="kept">The share of what is in flight that shall be left; 1 when nothing is wrong.</param>
    /// <param name="isGood">Whether there is room for more.</param>
    /// <param name="now">Timestamp of the clock.</param>
    /// <param name="time">The clock.</param>
    private void Move(double kept, bool isGood, long now, TimeProvider time)
    {
        var most = _given ?? Most;
        var isUsed = _highest >= (int)(_limit * Used);
        if (kept < 1 && (!_wasCut || time.GetElapsedTime(_cutAt, now) >= Reaction))
        {
            // From what is there, not from a limit that nobody came near.
            _limit = Math.Max(Math.Min(Least, most), Math.Min(_limit, _highest) * kept);
            (_wasCut, _cutAt) = (true, now);
        }
        else if (isGood && isUsed)
        {
            _limit = Math.Min(most, _wasCut ? _limit + 1 : _limit * EarlyGrowth);
        }

        _highest = 0;
    }
}
