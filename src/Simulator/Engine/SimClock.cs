namespace Gateway.Simulator.Engine;

/// <summary>Virtual time: <paramref name="scale"/> virtual seconds pass in a real one.</summary>
internal sealed class SimClock(TimeProvider time, double scale)
{
    private readonly long _start = time.GetTimestamp();

    public TimeProvider Time => time;

    /// <summary>Virtual time since the replica started.</summary>
    public TimeSpan Now => time.GetElapsedTime(_start) * scale;

    public long UnixSeconds => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>The real length of a virtual duration.</summary>
    public TimeSpan Real(TimeSpan duration) => duration / scale;

    public Task Delay(TimeSpan duration, CancellationToken cancellation) => Task.Delay(Real(duration), time, cancellation);
}
