using System.Buffers.Text;

namespace Gateway.Upstream.Scraping;

/// <summary>One sample of a page in Prometheus' text format, taken apart where it stands: nothing is copied.</summary>
internal readonly ref struct MetricLine
{
    private MetricLine(ReadOnlySpan<byte> labels, double value)
    {
        Labels = labels;
        Value = value;
    }

    /// <summary>What stands between the braces; empty without labels.</summary>
    public ReadOnlySpan<byte> Labels { get; }

    public double Value { get; }

    /// <summary>Reads what follows the name of a metric; false when it is another metric, whose name is longer, or no sample.</summary>
    public static bool TryRead(ReadOnlySpan<byte> afterName, out MetricLine line)
    {
        line = default;
        if (afterName.IsEmpty || afterName[0] is not ((byte)'{' or (byte)' '))
            return false;
        var labels = ReadOnlySpan<byte>.Empty;
        if (afterName[0] == '{')
        {
            var end = EndOfLabels(afterName);
            if (end < 0)
                return false;
            labels = afterName[1..end];
            afterName = afterName[(end + 1)..];
        }

        if (!Utf8Parser.TryParse(afterName.TrimStart((byte)' '), out double value, out _) || !double.IsFinite(value))
            return false;
        line = new MetricLine(labels, value);
        return true;
    }

    /// <summary>A label's value as it is written, escapes included; empty when it is absent.</summary>
    /// <param name="name">The label's name with the equals sign and the opening quote: <c>engine="</c>.</param>
    public ReadOnlySpan<byte> Label(ReadOnlySpan<byte> name)
    {
        var rest = Labels;
        while (!rest.IsEmpty)
        {
            var opening = rest.IndexOf((byte)'"');
            if (opening < 0)
                return default;
            var length = EndOfValue(rest[(opening + 1)..]);
            if (length < 0)
                return default;
            if (rest[..(opening + 1)].SequenceEqual(name))
                return rest.Slice(opening + 1, length);
            rest = rest[(opening + length + 2)..].TrimStart(", "u8);
        }

        return default;
    }

    /// <summary>Where the closing brace stands, which may also occur within a value.</summary>
    private static int EndOfLabels(ReadOnlySpan<byte> text)
    {
        var at = 1;
        while (at < text.Length)
        {
            var next = text[at..].IndexOfAny((byte)'"', (byte)'}');
            if (next < 0)
                return -1;
            at += next;
            if (text[at] == '}')
                return at;
            var length = EndOfValue(text[(at + 1)..]);
            if (length < 0)
                return -1;
            at += length + 2;
        }

        return -1;
    }

    /// <summary>Where the quote stands that ends a value.</summary>
    private static int EndOfValue(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (text[at..].IndexOfAny((byte)'"', (byte)'\\') is var next and >= 0)
        {
            at += next;
            if (text[at] == '"')
                return at;
            at += 2;
            if (at > text.Length)
                return -1;
        }

        return -1;
    }
}
