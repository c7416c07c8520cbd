using System.Globalization;

namespace Gateway.Configuration.Reading;

/// <summary>A number of bytes as the file writes it: plain, or with KiB, MiB or GiB.</summary>
internal static class ByteSize
{
    /// <summary>The written-out form for the schema; a plain number is an integer there.</summary>
    public const string Pattern = "^[0-9]+ ?(KiB|MiB|GiB)$";

    private static readonly (string Unit, long Bytes)[] Units = [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30)];

    /// <summary>Bytes, or null when the text is no size.</summary>
    public static decimal? Read(string text)
    {
        var unit = Array.Find(Units, unit => text.EndsWith(unit.Unit, StringComparison.Ordinal));
        var number = unit.Unit is null ? text : text[..^unit.Unit.Length].TrimEnd(' ');
        return decimal.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= long.MaxValue
            ? count * Math.Max(1, unit.Bytes)
            : null;
    }

    /// <summary>In the largest unit that leaves a whole number.</summary>
    public static string Write(long bytes)
    {
        var unit = Array.FindLast(Units, unit => bytes > 0 && bytes % unit.Bytes == 0);
        return unit.Unit is null ? $"{bytes} bytes" : $"{bytes / unit.Bytes} {unit.Unit}";
    }
}
