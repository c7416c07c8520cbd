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
    private const double Slow = 4;
    private const double VerySlow = 8;
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

    /// <summary>Closes a window; null when it is too short or holds too little.</summary>
    public FirstTokenPace? TryRead(long now, TimeProvider time)
    {
        if (Volatile.Read(ref _count) < Enough || time.GetElapsedTime(_readAt, now) < Window)
            return null;
        _readAt = now;
        var mean = (double)Interlocked.Exchange(ref _ticks, 0) / Interlocked.Exchange(ref _count, 0);
        _best = Math.Min(_best * Rise, mean);
        return mean > (_best * VerySlow) + Slack.Ticks ? FirstTokenPace.VerySlow
            : mean > (_best * Slow) + Slack.Ticks ? FirstTokenPace.Slow
            : FirstTokenPace.Usual;
    }
}

/// <summary>How long first tokens take, beside how long they can.</summary>
internal enum FirstTokenPace
{
    Usual,
    Slow,
    VerySlow,
}
