namespace Gateway.Routing.Admission;

/// <summary>How long a place was held of late, on average: what the speed of a queue is worked out from.</summary>
/// <remarks>
/// By Little's law a pool with n in flight that hold their places for t on average frees n/t places a second. Counting the places freed
/// instead would find none while many long answers are under way that began together.
/// </remarks>
internal sealed class HoldingTime(TimeProvider time)
{
    /// <summary>Time in which what was noted loses two thirds of its weight: long enough for a pool that ends a few answers a minute.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(30);

    private long _newTicks;
    private long _newCount;
    private double _ticks;
    private double _count;
    private long _foldedAt = time.GetTimestamp();

    /// <summary>The average; null before the first place was left.</summary>
    public TimeSpan? Mean { get; private set; }

    /// <summary>Notes a place that was left; from any thread.</summary>
    public void Note(long enteredAt)
    {
        Interlocked.Add(ref _newTicks, time.GetElapsedTime(enteredAt).Ticks);
        Interlocked.Increment(ref _newCount);
    }

    /// <summary>Takes what was noted into the average; one thread at a time.</summary>
    public void Fold(long now)
    {
        var kept = Math.Exp(-(time.GetElapsedTime(_foldedAt, now) / Memory));
        _foldedAt = now;
        var count = Interlocked.Exchange(ref _newCount, 0);
        _ticks = (_ticks * kept) + Interlocked.Exchange(ref _newTicks, 0);
        _count = (_count * kept) + count;
        // What little weight is left of long ago still says more than nothing does; it is only not divided by.
        if (_count > 1e-6)
            Mean = new TimeSpan((long)(_ticks / _count));
    }
}
