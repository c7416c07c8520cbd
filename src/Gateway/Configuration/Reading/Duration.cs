using System.Globalization;

namespace Gateway.Configuration.Reading;

/// <summary>A time as the file writes it: a number and ms, s, m or h.</summary>
internal static class Duration
{
    /// <summary>The same grammar for the schema; it does not know the bounds.</summary>
    public const string Pattern = @"^[0-9]+(\.[0-9]+)?(ms|s|m|h)$";

    /// <summary>Timers are kept in whole milliseconds.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>Longer than any answer takes; timers allow at most 49 days.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("ms", TimeSpan.TicksPerMillisecond), ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute), ("h", TimeSpan.TicksPerHour),
    ];

    public static ScalarReading Read(string text)
    {
        var number = text.TrimEnd([.. "msh"]);
        var ticks = Array.Find(Units, unit => unit.Unit == text[number.Length..]).Ticks;
        if (ticks == 0
            || !IsPlainNumber(number)
            || !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
        {
            return ScalarReading.Wrong("is not a duration; write a number with a unit: 500ms, 60s, 15m, 2h");
        }

        if (count > Longest.Ticks / ticks)
        {
            return ScalarReading.Wrong($"is too long; the longest is {Write(Longest)}");
        }

        var value = TimeSpan.FromTicks((long)(count * ticks));
        return value < Shortest
            ? ScalarReading.Wrong($"is too short; a duration is at least {Write(Shortest)}")
            : ScalarReading.Of(value);
    }

    /// <summary>The shortest way to write it that <see cref="Read"/> reads back, to the millisecond.</summary>
    public static string Write(TimeSpan value)
    {
        var milliseconds = (long)value.TotalMilliseconds;
        return milliseconds switch
        {
            > 0 when milliseconds % 3_600_000 == 0 => $"{milliseconds / 3_600_000}h",
            > 0 when milliseconds % 60_000 == 0 && milliseconds > 60_000 => $"{milliseconds / 60_000}m",
            > 0 when milliseconds % 1000 == 0 => $"{milliseconds / 1000}s",
            _ => $"{milliseconds}ms",
        };
    }

    private static bool IsPlainNumber(string number) =>
        number.Length > 0 && number.All(c => char.IsAsciiDigit(c) || c == '.') && number[0] != '.' && number[^1] != '.';
}
