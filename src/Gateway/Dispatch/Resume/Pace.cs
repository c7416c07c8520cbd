namespace Gateway.Dispatch.Resume;

/// <summary>How fast a stream's tokens come, and from which silence on its replica is taken for dead.</summary>
public sealed class Pace
{
    /// <summary>Silence as a multiple of the usual gap that no batch, prefill of a neighbour or preemption explains.</summary>
    private const int Gaps = 20;

    /// <summary>Shortest silence that is taken for a stall: a long prompt of a neighbour may take seconds of prefill.</summary>
    private static readonly TimeSpan LeastSilence = TimeSpan.FromSeconds(10);

    private long _firstAt;
    private long _lastAt;
    private int _reads;

    /// <summary>Mean time between two arrivals; zero before the second one.</summary>
    public TimeSpan Gap(TimeProvider time) => _reads < 2 ? TimeSpan.Zero : time.GetElapsedTime(_firstAt, _lastAt) / (_reads - 1);

    /// <summary>Something has arrived.</summary>
    public void Note(TimeProvider time)
    {
        _lastAt = time.GetTimestamp();
        if (_reads++ == 0)
            _firstAt = _lastAt;
    }

    /// <summary>Starts over, for another replica has another pace.</summary>
    public void Restart() => _reads = 0;

    /// <summary>How long the next arrival may take.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="idle">The longest it may take in any case.</param>
    public TimeSpan Patience(TimeProvider time, TimeSpan idle)
    {
        var silence = Gap(time) * Gaps;
        silence = silence > LeastSilence ? silence : LeastSilence;
        return silence < idle ? silence : idle;
    }
}
