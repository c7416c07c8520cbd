namespace Gateway.Guardrails.Injection;

/// <summary>Characters that are not seen: those that split words or spell a text of their own, and those that turn it around.</summary>
/// <remarks>Tags and variation selectors that spell ASCII are described in Unicode Technical Report 36 and by many who used them on models.</remarks>
public static class Unseen
{
    /// <summary>Zero-width characters in a row from which on they spell something; emoji and Indic scripts join two or three.</summary>
    private const int ShortestSpelling = 8;

    /// <summary>Tags in a row that are no accident. A flag of a region is a black flag and at most six tags, and allowed.</summary>
    private const int ShortestTags = 4;
    private const int LongestFlag = 7;

    private enum Kind
    {
        None,
        ZeroWidth,
        Tag,
        Override,
    }

    /// <summary>Adds what of a region cannot be seen and has no good reason to be there.</summary>
    /// <returns>How far it looked, which is the region's end or behind it.</returns>
    public static int Inspect(ReadOnlySpan<byte> text, int start, int end, Findings found)
    {
        var at = start;
        while (at < end)
        {
            var next = text[at..end].IndexOfAnyInRange((byte)0xC2, (byte)0xF3);
            if (next < 0)
                break;
            at += next;
            var kind = KindOf(text, at, out var width);
            if (kind == Kind.None)
            {
                at += width;
                continue;
            }

            var (from, count) = (at, 0);
            while (at < text.Length && KindOf(text, at, out width) == kind)
                (at, count) = (at + width, count + 1);
            switch (kind)
            {
                case Kind.ZeroWidth when count >= ShortestSpelling:
                    found.Add("zero_width", from, at - from);
                    break;
                case Kind.Tag when count >= ShortestTags && !(count <= LongestFlag && text[..from].EndsWith("\U0001F3F4"u8)):
                    found.Add("hidden_text", from, at - from);
                    break;
                case Kind.Override:
                    var length = text[at..].IndexOfAny((byte)'\n', (byte)0xAC);
                    at = length < 0 ? text.Length : at + length;
                    found.Add("hidden_text", from, at - from);
                    break;
            }
        }

        return Math.Max(at, end);
    }

    /// <summary>A text without its unseen characters.</summary>
    public static int Strip(ReadOnlySpan<byte> text, Span<byte> into)
    {
        var count = 0;
        for (var at = 0; at < text.Length;)
        {
            if (text[at] >= 0xC2 && KindOf(text, at, out var width) != Kind.None)
                at += width;
            else
                into[count++] = text[at++];
        }

        return count;
    }

    private static Kind KindOf(ReadOnlySpan<byte> text, int at, out int width)
    {
        width = Tokens.Width(text[at]);
        if (at + width > text.Length)
        {
            width = text.Length - at;
            return Kind.None;
        }

        return text[at] switch
        {
            0xC2 when text[at + 1] == 0xAD => Kind.ZeroWidth,
            0xE2 when text[at + 1] == 0x80 && text[at + 2] is 0xAD or 0xAE => Kind.Override,
            0xE2 when text[at + 1] == 0x80 && text[at + 2] is >= 0x8B and <= 0x8D => Kind.ZeroWidth,
            0xE2 when text[at + 1] == 0x81 && text[at + 2] is >= 0xA0 and <= 0xA4 => Kind.ZeroWidth,
            0xEF when text[at + 1] == 0xBB && text[at + 2] == 0xBF => Kind.ZeroWidth,
            0xF3 when text[at + 1] == 0xA0 && text[at + 2] is 0x80 or 0x81 or (>= 0x84 and <= 0x87) => Kind.Tag,
            _ => Kind.None,
        };
    }
}
