namespace Gateway.Routing.Health;

/// <summary>A duration as it was of late: every new one counts for a sixteenth, so that about the last sixteen decide.</summary>
/// <remarks>Noted once per token at most, by any number of streams at a time. Where two notes meet one may be lost, which costs less than a lock.</remarks>
public sealed class RecentAverage
{
    private const int Weight = 16;

    private long _ticks;

    /// <summary>Null until the first was noted.</summary>
    public TimeSpan? Value => Volatile.Read(ref _ticks) is var ticks and > 0 ? new TimeSpan(ticks) : null;

    public void Add(TimeSpan one)
    {
        var before = Volatile.Read(ref _ticks);
        var next = before == 0 ? one.Ticks : before + ((one.Ticks - before) / Weight);
        // Zero is the mark of what was never noted.
        Volatile.Write(ref _ticks, Math.Max(next, 1));
    }
}
