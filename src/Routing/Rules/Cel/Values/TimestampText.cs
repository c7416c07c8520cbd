using System.Globalization;

namespace Gateway.Routing.Rules.Cel.Values;

/// <summary>Timestamps as RFC 3339 text, with up to nine decimals of a second.</summary>
internal static class TimestampText
{
    private const string ToTheSecond = "yyyy-MM-ddTHH:mm:ss";
    private const int Decimals = 9;

    public static CelFault Read(string text, out CelTimestamp timestamp)
    {
        timestamp = default;
        var rest = text.AsSpan();
        if (rest.Length <= ToTheSecond.Length || !TryReadSecond(rest[..ToTheSecond.Length], out var second))
            return CelFault.BadConversion;
        rest = rest[ToTheSecond.Length..];
        if (!TryReadNanos(ref rest, out var nanos) || !TryReadOffset(rest, out var offset))
            return CelFault.BadConversion;
        var seconds = new DateTimeOffset(second, TimeSpan.Zero).ToUnixTimeSeconds() - offset;
        timestamp = new CelTimestamp(seconds, nanos);
        return CelTimestamp.IsInRange(seconds) ? CelFault.None : CelFault.OutOfRange;
    }

    public static string Write(CelTimestamp timestamp)
    {
        var second = timestamp.ToMoment().UtcDateTime.ToString(ToTheSecond, CultureInfo.InvariantCulture);
        if (timestamp.Nanos == 0)
            return second + "Z";
        var decimals = timestamp.Nanos.ToString("000000000", CultureInfo.InvariantCulture).TrimEnd('0');
        return $"{second}.{decimals}Z";
    }

    private static bool TryReadSecond(ReadOnlySpan<char> text, out DateTime second) =>
        DateTime.TryParseExact(text, ToTheSecond, CultureInfo.InvariantCulture, DateTimeStyles.None, out second);

    private static bool TryReadNanos(ref ReadOnlySpan<char> rest, out int nanos)
    {
        nanos = 0;
        if (rest[0] != '.')
            return true;
        var end = rest[1..].IndexOfAnyExceptInRange('0', '9') + 1;
        if (end is < 2 or > Decimals + 1)
            return false;
        for (var i = 1; i <= Decimals; i++)
            nanos = nanos * 10 + (i < end ? rest[i] - '0' : 0);
        rest = rest[end..];
        return true;
    }

    /// <summary><c>Z</c>, or hours and minutes ahead of it.</summary>
    private static bool TryReadOffset(ReadOnlySpan<char> text, out int seconds)
    {
        seconds = 0;
        if (text is "Z" or "z")
            return true;
        if (text.Length != 6 || text[0] is not ('+' or '-'))
            return false;
        if (!TimeSpan.TryParseExact(text[1..], @"hh\:mm", CultureInfo.InvariantCulture, out var offset))
            return false;
        seconds = (int)offset.TotalSeconds * (text[0] == '-' ? -1 : 1);
        return true;
    }
}
