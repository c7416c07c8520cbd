namespace Gateway.Guardrails.Injection;

/// <summary>Characters written as numbers: <c>%41</c>, <c>\x41</c>, <c>\u0041</c>, <c>&amp;#65;</c>, <c>&amp;#x41;</c>.</summary>
public static class Escapes
{
    /// <summary>Decodes those of ASCII; all else stays.</summary>
    public static int Decode(ReadOnlySpan<byte> text, Span<byte> into)
    {
        var count = 0;
        for (var at = 0; at < text.Length;)
        {
            var (value, width) = text[at] switch
            {
                (byte)'%' => (Hex(text, at + 1, 2), 3),
                (byte)'\\' when Is(text, at + 1, 'x') => (Hex(text, at + 2, 2), 4),
                (byte)'\\' when Is(text, at + 1, 'u') => (Hex(text, at + 2, 4), 6),
                (byte)'&' when Is(text, at + 1, '#') => Entity(text, at + 2),
                _ => (-1, 1),
            };
            if (value is < 0 or > 0x7F)
                into[count++] = text[at++];
            else
                (into[count++], at) = ((byte)value, at + width);
        }

        return count;
    }

    private static (int Value, int Width) Entity(ReadOnlySpan<byte> text, int at)
    {
        if (Is(text, at, 'x') || Is(text, at, 'X'))
            return Hex(text, at + 1, 2) is var hex and >= 0 && Is(text, at + 3, ';') ? (hex, 6) : (-1, 1);
        var (value, digits) = (0, 0);
        while (digits < 3 && at + digits < text.Length && char.IsAsciiDigit((char)text[at + digits]))
            value = (value * 10) + text[at + digits++] - '0';
        return digits > 0 && Is(text, at + digits, ';') ? (value, digits + 3) : (-1, 1);
    }

    private static int Hex(ReadOnlySpan<byte> text, int at, int digits)
    {
        if (at + digits > text.Length)
            return -1;
        var value = 0;
        foreach (var digit in text.Slice(at, digits))
        {
            if (!char.IsAsciiHexDigit((char)digit))
                return -1;
            value = (value << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return value;
    }

    private static bool Is(ReadOnlySpan<byte> text, int at, char wanted) => at < text.Length && text[at] == wanted;
}
