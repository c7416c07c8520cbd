namespace Gateway.Routing.Complexity.Conversation;

/// <summary>What a person wrote in a user turn, without what the harness around them put there.</summary>
public static class HumanText
{
    /// <summary>Bytes in which a result announces itself.</summary>
    private const int LongestResultHead = 256;

    /// <summary>Works in place and in one pass; only elements that are also closed are taken out.</summary>
    /// <param name="text">A user turn's text, UTF-8; what it holds afterwards is not defined outside of what is returned.</param>
    /// <returns>A part of <paramref name="text"/>; empty when nobody asks anything in it.</returns>
    public static Span<byte> Of(Span<byte> text)
    {
        text = Trim(text[..WithoutBlocks(text)]);
        if (text.StartsWith(HarnessMarkers.Heading))
            text = Trim(text[LineLength(text)..]);
        foreach (var notice in HarnessMarkers.Notices)
        {
            if (text.StartsWith(notice))
                return [];
        }

        if (IsToolResult(text))
            return Inside(text, HarnessMarkers.Replies, mustLead: false);
        var inside = Inside(text, HarnessMarkers.Wrappers, mustLead: true);
        return inside.IsEmpty ? text : inside;
    }

    private static int WithoutBlocks(Span<byte> text)
    {
        // Once an element is found open to the end, so are all later ones of its name: without this a body of opening tags
        // would be searched to its end for each of them.
        var (read, written, openToTheEnd) = (0, 0, 0u);
        while (text[read..].IndexOf((byte)'<') is var gap and >= 0)
        {
            written += Move(text, read, gap, written);
            read += gap;
            var name = NameOf(text[read..], HarnessMarkers.Blocks);
            var end = name >= 0 && (openToTheEnd & (1u << name)) == 0 ? EndOf(text[read..], HarnessMarkers.Blocks[name]) : 0;
            if (end > 0)
            {
                read += end;
                continue;
            }

            if (name >= 0)
                openToTheEnd |= 1u << name;
            written += Move(text, read, 1, written);
            read++;
        }

        return written + Move(text, read, text.Length - read, written);
    }

    private static int Move(Span<byte> text, int from, int length, int to)
    {
        if (from != to)
            text.Slice(from, length).CopyTo(text[to..]);
        return length;
    }

    /// <summary>Which of the names an element at the start of the text has; -1 when none.</summary>
    private static int NameOf(ReadOnlySpan<byte> text, byte[][] names)
    {
        for (var i = 0; i < names.Length; i++)
        {
            var name = names[i];
            if (text.Length > name.Length + 1 && text[1] == name[0] && text[1..].StartsWith(name) && text[name.Length + 1] is (byte)'>' or (byte)' ')
                return i;
        }

        return -1;
    }

    /// <summary>Bytes of the element at the start of the text, its closing tag included; 0 when it is not closed.</summary>
    private static int EndOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        var close = Closing(text, name);
        if (close < 0)
            return 0;
        var bracket = text[close..].IndexOf((byte)'>');
        return bracket < 0 ? 0 : close + bracket + 1;
    }

    private static int Closing(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        Span<byte> tag = stackalloc byte[name.Length + 2];
        "</"u8.CopyTo(tag);
        name.CopyTo(tag[2..]);
        return text.IndexOf(tag);
    }

    private static Span<byte> Inside(Span<byte> text, byte[][] names, bool mustLead)
    {
        for (var start = 0; start < text.Length; start++)
        {
            var next = text[start..].IndexOf((byte)'<');
            if (next < 0 || (mustLead && start + next > 0))
                return [];
            start += next;
            var name = NameOf(text[start..], names);
            if (name < 0)
                continue;
            var element = text[start..];
            var open = element.IndexOf((byte)'>') + 1;
            var close = Closing(element, names[name]);
            return open > 0 && close >= open ? Trim(element[open..close]) : [];
        }

        return [];
    }

    private static bool IsToolResult(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] != '[')
            return false;
        var head = text[..Math.Min(LongestResultHead, LineLength(text))];
        return head.IndexOf(HarnessMarkers.ResultMark) >= 0;
    }

    private static int LineLength(ReadOnlySpan<byte> text) => text.IndexOf((byte)'\n') is var end and >= 0 ? end : text.Length;

    private static Span<byte> Trim(Span<byte> text) => text.Trim(" \t\r\n"u8);
}
