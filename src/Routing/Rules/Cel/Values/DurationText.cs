using System.Buffers;
using System.Globalization;

namespace Gateway.Routing.Rules.Cel.Values;

/// <summary>Durations as text: numbers each followed by a unit (<c>h m s ms us ns</c>), as in <c>1h30m</c> or <c>-2.5s</c>.</summary>
internal static class DurationText
{
    private static readonly (string Name, long Nanos)[] Units =
    [
        ("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000),
        ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ];

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    public static CelFault Read(string text, out CelDuration duration)
    {
        duration = default;
        var rest = text.AsSpan();
        var isNegative = rest.StartsWith("-");
        if (isNegative || rest.StartsWith("+"))
            rest = rest[1..];
        if (rest is "0")
            return CelFault.None;
        if (rest.IsEmpty)
            return CelFault.BadConversion;
        decimal nanos = 0;
        while (!rest.IsEmpty)
        {
            var length = rest.IndexOfAnyExcept(Digits);
            if (length <= 0 || !decimal.TryParse(rest[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                return CelFault.BadConversion;
            rest = rest[length..];
            var end = rest.IndexOfAny(Digits);
            if (UnitOf(end < 0 ? rest : rest[..end]) is not { } unit)
                return CelFault.BadConversion;
            if (number > decimal.MaxValue / unit / 2)
                return CelFault.OutOfRange;
            nanos += number * unit;
            if (nanos > (decimal)long.MaxValue + 1)
                return CelFault.OutOfRange;
            rest = end < 0 ? default : rest[end..];
        }

        return CelDuration.Of((Int128)decimal.Truncate(isNegative ? -nanos : nanos), out duration);
    }

    /// <summary>In seconds with as many decimals as it takes: <c>90s</c>, <c>0.25s</c>.</summary>
    public static string Write(CelDuration duration) =>
        (duration.Nanos / 1_000_000_000m).ToString("0.#########", CultureInfo.InvariantCulture) + "s";

    private static long? UnitOf(ReadOnlySpan<char> name)
    {
        foreach (var unit in Units)
        {
            if (name.SequenceEqual(unit.Name))
                return unit.Nanos;
        }

        return null;
    }
}
