namespace Gateway.Bench.Load.Driving;

/// <summary>A fixed arrival rate: when request number <c>n</c> is meant to start, whatever became of those before it.</summary>
public sealed class ArrivalSchedule(TimeProvider time, double perSecond)
{
    private readonly long _origin = time.GetTimestamp();
    private readonly double _ticksApart = perSecond > 0
        ? time.TimestampFrequency / perSecond
        : throw new ArgumentOutOfRangeException(nameof(perSecond), perSecond, "a rate is more than 0 per second");

    /// <summary>
    /// The intended start of arrival <paramref name="n"/>, as a timestamp of the time provider. Computed from the origin, so rounding
    /// does not add up.
    /// </summary>
    public long TimestampOf(long n) => _origin + (long)Math.Round(n * _ticksApart);
}
