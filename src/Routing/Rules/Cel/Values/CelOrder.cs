namespace Gateway.Routing.Rules.Cel.Values;

/// <summary>What comes before what: numbers across types by what they count, strings by code points, bytes by value.</summary>
public static class CelOrder
{
    /// <summary>Neither before, nor after, nor equal: one of the two is not a number.</summary>
    public const int Unordered = 2;

    private const double TwoTo63 = 9223372036854775808.0;
    private const double TwoTo64 = 18446744073709551616.0;

    public static int CompareNumbers(in CelValue one, in CelValue other) => (one.Kind, other.Kind) switch
    {
        (CelKind.Int, CelKind.Int) => one.AsInt.CompareTo(other.AsInt),
        (CelKind.Int, CelKind.Uint) => Compare(one.AsInt, other.AsUint),
        (CelKind.Int, CelKind.Double) => Compare(one.AsInt, other.AsDouble),
        (CelKind.Uint, CelKind.Int) => Turn(Compare(other.AsInt, one.AsUint)),
        (CelKind.Uint, CelKind.Uint) => one.AsUint.CompareTo(other.AsUint),
        (CelKind.Uint, CelKind.Double) => Compare(one.AsUint, other.AsDouble),
        (CelKind.Double, CelKind.Int) => Turn(Compare(other.AsInt, one.AsDouble)),
        (CelKind.Double, CelKind.Uint) => Turn(Compare(other.AsUint, one.AsDouble)),
        _ => Compare(one.AsDouble, other.AsDouble),
    };

    public static int Compare(long one, ulong other) => one < 0 ? -1 : ((ulong)one).CompareTo(other);

    public static int Compare(double one, double other) =>
        double.IsNaN(one) || double.IsNaN(other) ? Unordered : one.CompareTo(other);

    /// <summary>Through double, as the specification has it: beyond 2^53 neighbours are equal.</summary>
    public static int Compare(long one, double other)
    {
        if (double.IsNaN(other))
            return Unordered;
        return other > TwoTo63 ? -1 : other < -TwoTo63 ? 1 : ((double)one).CompareTo(other);
    }

    public static int Compare(ulong one, double other)
    {
        if (double.IsNaN(other))
            return Unordered;
        return other > TwoTo64 ? -1 : other < 0 ? 1 : ((double)one).CompareTo(other);
    }

    /// <summary>The same comparison seen from the other side.</summary>
    public static int Turn(int comparison) => comparison == Unordered ? Unordered : -comparison;

    /// <summary>By code points: UTF-16 alone would put what lies beyond the first plane before U+E000.</summary>
    public static int Compare(string one, string other)
    {
        var shared = one.AsSpan().CommonPrefixLength(other);
        if (shared == one.Length || shared == other.Length)
            return one.Length.CompareTo(other.Length);
        var (left, right) = (one[shared], other[shared]);
        return char.IsSurrogate(left) == char.IsSurrogate(right) ? left.CompareTo(right) : char.IsSurrogate(left) ? 1 : -1;
    }

    public static int Compare(byte[] one, byte[] other) => one.AsSpan().SequenceCompareTo(other);
}
