namespace Gateway.Routing.Admission;

/// <summary>Whether a replica's first tokens take much longer than they do when it has time.</summary>
/// <remarks>The best of the windows seen stands for "when it has time"; it rises slowly, so that other prompts than then become the new measure.</remarks>
internal sealed class FirstTokenTrend
{
    /// <summary>Below so many first tokens a window says nothing.</summary>
    private const int Enough = 8;

    /// <summary>
    /// How much longer is much: within a batch that is full but does not queue, prefill shares its steps with decoding, which costs a
    /// factor of two to three on the simulator's engine; a queue costs whole answers.
    /// </summary>
    private const double Factor = 4;
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(50);

    /// <summary>Doubles the measure in about a minute of nothing as good.</summary>
    private const double Rise = 1.01;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private long _ticks;
    private long _count;
    private double _best = double.PositiveInfinity;
    private long _readAt;

    public void Note(TimeSpan firstToken)
    {
        Interlocked.Add(ref _ticks, firstToken.Ticks);
        Interlocked.Increment(ref _count);
    }

    /// <summary>Closes a window; false when it is too short or holds too little.</summary>
    public bool TryRead(long now, TimeProvider time, out bool isSlow)
    {
        isSlow = false;
        if (Volatile.Read(ref _count) < Enough || time.GetElapsedTime(_readAt, now) < Window)
            return false;
        _readAt = now;
        var mean = (double)Interlocked.Exchange(ref _ticks, 0) / Interlocked.Exchange(ref _count, 0);
        _best = Math.Min(_best * Rise, mean);
        isSlow = mean > (_best * Factor) + Slack.Ticks;
        return true;
    }
}
