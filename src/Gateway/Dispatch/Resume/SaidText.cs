using System.Text;

namespace Gateway.Dispatch.Resume;

/// <summary>Compares the raw text of generated tokens, thought and marks included, with what a stream has shown of it.</summary>
internal static class SaidText
{
    private static readonly byte[] Opening = "<think>"u8.ToArray();
    private static readonly byte[] Closing = "</think>"u8.ToArray();

    /// <summary>What was shown beyond a raw text.</summary>
    /// <param name="journal">What was shown.</param>
    /// <param name="raw">The text as a JSON string, quotes included.</param>
    /// <returns>Bytes of content and of thought, as they stand in JSON; null when the raw text is not the beginning of what was shown.</returns>
    public static (int Content, int Reasoning)? BeyondOf(Journal journal, string raw)
    {
        var text = RawText.Unescape(Encoding.UTF8.GetBytes(raw).AsSpan()[1..^1]);
        var hasThought = !journal.Reasoning.IsEmpty;
        if (journal.Content.IsEmpty)
        {
            var thought = Behind(text, Opening) is { } opened ? text.AsSpan(opened) : text;
            return Beyond(journal.Reasoning.Span, thought) is { } beyond ? (0, beyond) : null;
        }

        if (!hasThought)
            return Beyond(journal.Content.Span, text) is { } shown ? (shown, 0) : null;
        if (Behind(text, Closing) is not { } closed)
            return null;
        return Beyond(journal.Content.Span, text.AsSpan(closed)) is { } left ? (left, 0) : null;
    }

    private static int? Behind(byte[] text, byte[] mark) => text.AsSpan().LastIndexOf(mark) is var at and >= 0 ? at + mark.Length : null;

    /// <summary>Bytes of the shown text behind the said one, which may begin with line ends that were not shown.</summary>
    private static int? Beyond(ReadOnlySpan<byte> shown, ReadOnlySpan<byte> said)
    {
        var plain = RawText.Unescape(shown);
        if (!plain.AsSpan().StartsWith("\n"u8))
            said = said.TrimStart((byte)'\n');
        if (said.IsEmpty || !plain.AsSpan().StartsWith(said))
            return null;
        var written = RawText.WrittenLength(shown, said.Length);
        return written < 0 ? null : shown.Length - written;
    }
}
