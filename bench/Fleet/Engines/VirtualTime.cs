namespace Gateway.Bench.Fleet.Engines;

/// <summary>A clock that stands where the run has got to.</summary>
internal sealed class VirtualTime : TimeProvider
{
    public TimeSpan Now { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;
}
