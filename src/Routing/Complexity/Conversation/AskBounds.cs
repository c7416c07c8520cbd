namespace Gateway.Routing.Complexity.Conversation;

/// <summary>Keeps an ask to the size of a question: what is pasted into it informs and does not drown it.</summary>
/// <remarks>
/// A question stands before or after what it is about. So of a long fenced block only the beginning stays, and of what is then
/// still too long the first and the last part.
/// </remarks>
public static class AskBounds
{
    /// <summary>
    /// Longest ask, in bytes. Of the 19,193 public prompts that routers are trained on here, half are shorter than 300 bytes, 99 in
    /// 100 than 2.2 kB and one is longer than this; longer text is a document, and its middle says little about what is asked.
    /// </summary>
    public const int Most = 4096;

    /// <summary>Longest fenced block that stays whole, in bytes: some thirty lines, which a question may well be made of.</summary>
    public const int LongestBlock = 1024;

    /// <summary>What stays of a longer block: enough to tell its language and its kind.</summary>
    public const int BlockHead = 512;

    /// <summary>Bytes of the longest UTF-8 sequence.</summary>
    private const int LongestCharacter = 4;

    /// <summary>Works in place.</summary>
    /// <param name="text">UTF-8; what it holds afterwards is not defined outside of what is returned.</param>
    /// <param name="pasted">Bytes that were left out.</param>
    /// <returns>At most <see cref="Most"/> bytes, cut between characters.</returns>
    public static Span<byte> Keep(Span<byte> text, out int pasted)
    {
        var whole = text.Length;
        if (whole > LongestBlock)
            text = text[..WithShortBlocks(text)];
        if (text.Length > Most)
        {
            var head = CharacterStart(text, Most / 2);
            var tail = CharacterStart(text, text.Length - (Most / 2) + LongestCharacter);
            text[head] = (byte)'\n';
            text[tail..].CopyTo(text[(head + 1)..]);
            text = text[..(head + 1 + text.Length - tail)];
        }

        pasted = whole - text.Length;
        return text;
    }

    private static int WithShortBlocks(Span<byte> text)
    {
        var (read, written) = (0, 0);
        while (NextFence(text, read) is var open and >= 0 && NextFence(text, open + 3) is var close and >= 0)
        {
            var kept = close - open > LongestBlock ? CharacterStart(text, open + BlockHead) : close;
            Move(text, read, kept - read, ref written);
            if (kept < close)
                text[written++] = (byte)'\n';
            Move(text, close, 3, ref written);
            read = close + 3;
        }

        Move(text, read, text.Length - read, ref written);
        return written;
    }

    /// <summary>Where the next fence stands that begins a line; -1 when there is none.</summary>
    private static int NextFence(ReadOnlySpan<byte> text, int from)
    {
        while (from <= text.Length && text[from..].IndexOf("```"u8) is var gap and >= 0)
        {
            from += gap;
            if (from == 0 || text[from - 1] == '\n')
                return from;
            from += 3;
        }

        return -1;
    }

    private static void Move(Span<byte> text, int from, int length, ref int written)
    {
        if (from != written)
            text.Slice(from, length).CopyTo(text[written..]);
        written += length;
    }

    /// <summary>The start of the character at <paramref name="at"/>, which may be in its middle; at the start of text, 0.</summary>
    private static int CharacterStart(ReadOnlySpan<byte> text, int at)
    {
        while (at > 0 && at < text.Length && (text[at] & 0xC0) == 0x80)
            at--;
        return at;
    }
}
