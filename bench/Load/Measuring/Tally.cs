using System.Collections.Concurrent;
using HdrHistogram;

namespace Gateway.Bench.Load.Measuring;

/// <summary>
/// What the calls of one phase add up to. Latencies count only for requests meant to start inside the window; running totals count
/// always, and whoever wants a rate reads them at both ends of the window.
/// </summary>
public sealed class Tally(TimeProvider time)
{
    private const long LowestNanoseconds = 1_000;
    private const long HighestNanoseconds = 600_000_000_000;

    private readonly LongConcurrentHistogram _latency = NewHistogram();
    private readonly LongConcurrentHistogram _firstChunk = NewHistogram();
    private readonly LongConcurrentHistogram _gap = NewHistogram();
    private readonly ConcurrentDictionary<string, long> _failures = new();
    private long _windowStart = long.MaxValue;
    private long _windowEnd = long.MaxValue;
    private long _answered;
    private long _chunks;

    /// <summary>Requests answered in full so far.</summary>
    public long AnsweredSoFar => Volatile.Read(ref _answered);

    /// <summary>Chunks (data frames of streams) received so far.</summary>
    public long ChunksSoFar => Volatile.Read(ref _chunks);

    /// <summary>From the intended start to the last byte, of requests meant to start inside the window.</summary>
    public Quantiles LatencyQuantiles => Quantiles.Of(_latency);

    /// <summary>From the intended start to the first data frame.</summary>
    public Quantiles FirstChunkQuantiles => Quantiles.Of(_firstChunk);

    /// <summary>Between two data frames of one stream; frames read at once are 0 apart.</summary>
    public Quantiles GapQuantiles => Quantiles.Of(_gap);

    /// <summary>Failed requests of the whole phase, lead-in too, by kind.</summary>
    public IReadOnlyDictionary<string, long> Failures => _failures;

    /// <summary>Opens the window; before, nothing enters a histogram.</summary>
    public void OpenWindow(long timestamp) => Volatile.Write(ref _windowStart, timestamp);

    /// <summary>Closes the window: requests meant to start later do not count, those still under way do.</summary>
    public void CloseWindow(long timestamp) => Volatile.Write(ref _windowEnd, timestamp);

    /// <summary>A reply ended.</summary>
    public void Latency(long intendedStart, long now) => Record(_latency, intendedStart, intendedStart, now);

    /// <summary>A stream's first data frame came.</summary>
    public void FirstChunk(long intendedStart, long now) => Record(_firstChunk, intendedStart, intendedStart, now);

    /// <summary>Data frames came together; <paramref name="last"/> is when the ones before came, 0 for a stream's first.</summary>
    public void Chunks(int arrived, long last, long now)
    {
        Interlocked.Add(ref _chunks, arrived);
        if (!Counts(now))
        {
            return;
        }

        if (last != 0)
        {
            Record(_gap, now, last, now);
        }

        if (arrived > 1)
        {
            _gap.RecordValueWithCount(0, arrived - 1);
        }
    }

    /// <summary>A request was answered in full.</summary>
    public void Answered() => Interlocked.Increment(ref _answered);

    /// <summary>A request failed.</summary>
    public void Failed(string kind) => _failures.AddOrUpdate(kind, 1, static (_, count) => count + 1);

    private static LongConcurrentHistogram NewHistogram() => new(LowestNanoseconds, HighestNanoseconds, 3);

    private bool Counts(long timestamp) =>
        timestamp >= Volatile.Read(ref _windowStart) && timestamp < Volatile.Read(ref _windowEnd);

    private void Record(LongConcurrentHistogram histogram, long counted, long from, long to)
    {
        if (Counts(counted))
        {
            histogram.RecordValue(Math.Min(time.GetElapsedTime(from, to).Ticks * 100, HighestNanoseconds));
        }
    }
}
