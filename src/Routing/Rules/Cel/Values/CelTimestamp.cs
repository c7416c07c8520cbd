using System.Diagnostics.CodeAnalysis;

namespace Gateway.Routing.Rules.Cel.Values;

/// <summary>A moment, to the nanosecond, from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z.</summary>
/// <param name="Seconds">Seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Nanos">Nanoseconds after that second: 0 to 999,999,999.</param>
[SuppressMessage("Usage", "CA2225", Justification = "The language has operators, not methods.")]
public readonly record struct CelTimestamp(long Seconds, int Nanos) : IComparable<CelTimestamp>
{
    private const long Earliest = -62135596800;
    private const long Latest = 253402300799;
    private const int NanosPerSecond = 1_000_000_000;

    public static bool operator <(CelTimestamp left, CelTimestamp right) => left.CompareTo(right) < 0;

    public static bool operator >(CelTimestamp left, CelTimestamp right) => left.CompareTo(right) > 0;

    public static bool operator <=(CelTimestamp left, CelTimestamp right) => left.CompareTo(right) <= 0;

    public static bool operator >=(CelTimestamp left, CelTimestamp right) => left.CompareTo(right) >= 0;

    public static CelTimestamp Of(DateTimeOffset moment)
    {
        var ticks = moment.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        return rest < 0
            ? new CelTimestamp(seconds - 1, (int)((rest + TimeSpan.TicksPerSecond) * TimeSpan.NanosecondsPerTick))
            : new CelTimestamp(seconds, (int)(rest * TimeSpan.NanosecondsPerTick));
    }

    public static bool IsInRange(long seconds) => seconds is >= Earliest and <= Latest;

    public int CompareTo(CelTimestamp other) =>
        Seconds != other.Seconds ? Seconds.CompareTo(other.Seconds) : Nanos.CompareTo(other.Nanos);

    /// <summary>The moment on the clock and calendar, less what is finer than 100 ns.</summary>
    public DateTimeOffset ToMoment() => DateTimeOffset.FromUnixTimeSeconds(Seconds).AddTicks(Nanos / TimeSpan.NanosecondsPerTick);

    public CelFault Add(CelDuration duration, out CelTimestamp sum)
    {
        var seconds = Math.DivRem(duration.Nanos, NanosPerSecond, out var rest);
        var nanos = Nanos + rest;
        seconds += Seconds + (nanos < 0 ? -1 : nanos >= NanosPerSecond ? 1 : 0);
        nanos += nanos < 0 ? NanosPerSecond : nanos >= NanosPerSecond ? -NanosPerSecond : 0;
        sum = new CelTimestamp(seconds, (int)nanos);
        return IsInRange(seconds) ? CelFault.None : CelFault.OutOfRange;
    }

    public CelFault Since(CelTimestamp earlier, out CelDuration duration)
    {
        var nanos = (Int128)(Seconds - earlier.Seconds) * NanosPerSecond + (Nanos - earlier.Nanos);
        return CelDuration.Of(nanos, out duration);
    }

    public override string ToString() => TimestampText.Write(this);
}
