using System.Globalization;

namespace Gateway.Routing.Rules.Cel.Functions;

/// <summary>Time zones by their name in the IANA database (<c>Europe/Berlin</c>) or by their distance from UTC (<c>-02:30</c>, <c>05:00</c>).</summary>
internal static class TimeZones
{
    public static bool TryConvert(DateTimeOffset moment, string zone, out DateTime local)
    {
        if (TryReadOffset(zone, out var offset))
            return TryAdd(moment, offset, out local);
        var isKnown = TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known);
        return TryAdd(moment, isKnown ? known!.GetUtcOffset(moment) : TimeSpan.Zero, out local) && isKnown;
    }

    private static bool TryAdd(DateTimeOffset moment, TimeSpan offset, out DateTime local)
    {
        var ticks = moment.UtcTicks + offset.Ticks;
        var isRepresentable = ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;
        local = isRepresentable ? new DateTime(ticks) : default;
        return isRepresentable;
    }

    private static bool TryReadOffset(string text, out TimeSpan offset)
    {
        var isBehind = text.StartsWith('-');
        var clock = isBehind || text.StartsWith('+') ? text.AsSpan(1) : text;
        var isOffset = TimeSpan.TryParseExact(clock, @"hh\:mm", CultureInfo.InvariantCulture, out offset);
        offset = isBehind ? -offset : offset;
        return isOffset;
    }
}
