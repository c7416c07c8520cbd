namespace Gateway.Cache.Answers;

/// <summary>Cuts the inside of a JSON string where characters end: not within UTF-8, an escape, or a pair of them that makes one character.</summary>
internal static class TextPieces
{
    private const int EscapeLength = 6;

    /// <summary>The length of the first piece.</summary>
    /// <param name="text">The text; not empty.</param>
    /// <param name="about">The length from which it is cut at the next character's end.</param>
    public static int First(ReadOnlySpan<byte> text, int about)
    {
        var length = 0;
        while (length < text.Length && length < about)
            length += Character(text[length..]);
        return length;
    }

    private static int Character(ReadOnlySpan<byte> text) => text switch
    {
        [(byte)'\\', (byte)'u', ..] => IsHigh(text) && text[EscapeLength..] is [(byte)'\\', (byte)'u', ..] ? 2 * EscapeLength : EscapeLength,
        [(byte)'\\', ..] => 2,
        [>= 0xF0, ..] => 4,
        [>= 0xE0, ..] => 3,
        [>= 0xC0, ..] => 2,
        _ => 1,
    };

    /// <summary>Whether it is the first half of a surrogate pair: <c>\uD800</c> to <c>\uDBFF</c>.</summary>
    private static bool IsHigh(ReadOnlySpan<byte> escape) =>
        (escape[2] | 0x20) == 'd' && ((byte)(escape[3] | 0x20) is (byte)'a' or (byte)'b' || escape[3] is (byte)'8' or (byte)'9');
}
