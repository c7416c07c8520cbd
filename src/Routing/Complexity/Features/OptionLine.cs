namespace Gateway.Routing.Complexity.Features;

/// <summary>Tells answer options ("A. 21", "(B) 3", "c) seven") and list items from other lines, and counts lines.</summary>
internal static class OptionLine
{
    public static void Count(ReadOnlySpan<byte> line, ref AskCounts counts)
    {
        counts.Lines++;
        var text = line.Trim(" \t\r"u8);
        if (text.IsEmpty)
        {
            counts.EmptyLines++;
            return;
        }

        if (text.Length + 1 < line.Length && line[0] is (byte)' ' or (byte)'\t')
            counts.IndentedLines++;
        if (TryReadOption(text, out var option))
        {
            counts.Options++;
            counts.OptionBytes += option.Length;
            counts.LongestOption = int.Max(counts.LongestOption, option.Length);
            if (option.ContainsAnyInRange((byte)'0', (byte)'9'))
                counts.NumericOptions++;
        }
        else
        {
            if (counts.Options == 0)
                counts.StemBytes += line.Length + 1;
            if (text[0] is (byte)'-' or (byte)'*' || (text[0] is >= (byte)'0' and <= (byte)'9' && text.Length > 2 && text[1] is (byte)'.' or (byte)')'))
                counts.ListLines++;
        }
    }

    private static bool TryReadOption(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> option)
    {
        option = default;
        var at = text[0] == '(' ? 1 : 0;
        if (text.Length < at + 3 || (text[at] | 0x20) is < 'a' or > 'p')
            return false;
        var closes = at == 1 ? text[at + 1] == ')' : text[at + 1] is (byte)'.' or (byte)')' or (byte)':';
        if (!closes || text[at + 2] != ' ')
            return false;
        option = text[(at + 3)..];
        return true;
    }
}
