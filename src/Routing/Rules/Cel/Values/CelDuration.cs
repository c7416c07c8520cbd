using System.Diagnostics.CodeAnalysis;

namespace Gateway.Routing.Rules.Cel.Values;

/// <summary>A length of time, to the nanosecond, up to about 292 years either way: what 64 bits hold.</summary>
/// <remarks>The same range as the reference implementation; the conformance suite expects it.</remarks>
[SuppressMessage("Usage", "CA2225", Justification = "The language has operators, not methods.")]
public readonly record struct CelDuration(long Nanos) : IComparable<CelDuration>
{
    public static bool operator <(CelDuration left, CelDuration right) => left.Nanos < right.Nanos;

    public static bool operator >(CelDuration left, CelDuration right) => left.Nanos > right.Nanos;

    public static bool operator <=(CelDuration left, CelDuration right) => left.Nanos <= right.Nanos;

    public static bool operator >=(CelDuration left, CelDuration right) => left.Nanos >= right.Nanos;

    public static CelFault Of(Int128 nanos, out CelDuration duration)
    {
        var fits = nanos >= long.MinValue && nanos <= long.MaxValue;
        duration = new CelDuration(fits ? (long)nanos : 0);
        return fits ? CelFault.None : CelFault.OutOfRange;
    }

    public int CompareTo(CelDuration other) => Nanos.CompareTo(other.Nanos);

    public override string ToString() => DurationText.Write(this);
}
