namespace Gateway.Simulator.Text;

/// <summary>
/// A stand-in for a real tokenizer: about four bytes of English a token, one id per text piece on every replica, and ids that turn back
/// into their bytes without a vocabulary. Its counts are close to a BPE tokenizer's, its ids and boundaries are its own.
/// </summary>
/// <remarks>
/// A token is a special marker, or up to five lower-case letters with an optional space before them, or up to three other bytes.
/// A four-byte character is two tokens, so that answers hold tokens that complete no character, as real ones do.
/// </remarks>
internal static class StandInTokenizer
{
    /// <summary>First id of a two-byte and of a three-byte token; a one-byte token's id is its byte.</summary>
    private const int TwoBytes = 256, ThreeBytes = TwoBytes + (1 << 16);

    /// <summary>First id of a word; letters are base-27 digits, the lowest bit says whether a space comes first.</summary>
    private const int Words = 17_000_000;

    /// <summary>First id of a special marker.</summary>
    private const int Specials = 50_000_000;

    /// <summary>Most bytes a token stands for.</summary>
    public const int MaxBytes = 12;

    public const int TurnStart = Specials, TurnEnd = Specials + 1, ThinkStart = Specials + 2, ThinkEnd = Specials + 3;

    private static readonly byte[][] SpecialTexts =
        ["<|im_start|>"u8.ToArray(), "<|im_end|>"u8.ToArray(), "<think>"u8.ToArray(), "</think>"u8.ToArray()];

    /// <summary>Reads the first token of <paramref name="text"/>, which is not empty; returns the bytes it takes.</summary>
    public static int Next(ReadOnlySpan<byte> text, out int id)
    {
        var first = text[0];
        if (first == '<' && Special(text, out id)) return SpecialTexts[id - Specials].Length;
        var start = first == ' ' ? 1 : 0;
        var word = 0;
        var at = start;
        while (at < text.Length && at < start + 5 && (uint)(text[at] - 'a') <= 'z' - 'a') word = word * 27 + text[at++] - 'a' + 1;
        if (at > start)
        {
            id = Words + word * 2 + start;
            return at;
        }
        var length = first < 0x80 ? AsciiRun(text) : CharacterPart(text);
        id = length switch
        {
            1 => first,
            2 => TwoBytes + (first << 8 | text[1]),
            _ => ThreeBytes + (first << 16 | text[1] << 8 | text[2]),
        };
        return length;
    }

    public static int Count(ReadOnlySpan<byte> text)
    {
        var count = 0;
        for (; !text.IsEmpty; count++) text = text[Next(text, out _)..];
        return count;
    }

    public static int[] Encode(ReadOnlySpan<byte> text)
    {
        var ids = new int[Count(text)];
        for (var i = 0; i < ids.Length; i++) text = text[Next(text, out ids[i])..];
        return ids;
    }

    /// <summary>Writes the bytes of a token; returns how many, or -1 for an id no text gives.</summary>
    public static int Decode(int id, Span<byte> bytes)
    {
        switch (id)
        {
            case < 0: return -1;
            case < TwoBytes:
                bytes[0] = (byte)id;
                return 1;
            case < ThreeBytes:
                (bytes[0], bytes[1]) = ((byte)(id - TwoBytes >> 8), (byte)(id - TwoBytes));
                return 2;
            case < ThreeBytes + (1 << 24):
                id -= ThreeBytes;
                (bytes[0], bytes[1], bytes[2]) = ((byte)(id >> 16), (byte)(id >> 8), (byte)id);
                return 3;
            case >= Specials and < Specials + 4:
                SpecialTexts[id - Specials].CopyTo(bytes);
                return SpecialTexts[id - Specials].Length;
            case >= Words and < Specials: return DecodeWord(id - Words, bytes);
            default: return -1;
        }
    }

    private static int DecodeWord(int id, Span<byte> bytes)
    {
        var space = id & 1;
        var letters = 0;
        for (var rest = id >> 1; rest > 0; rest /= 27, letters++)
            if (rest % 27 == 0) return -1;
        if (letters is 0 or > 5) return -1;
        if (space == 1) bytes[0] = (byte)' ';
        for (int rest = id >> 1, at = space + letters - 1; rest > 0; rest /= 27, at--) bytes[at] = (byte)('a' + rest % 27 - 1);
        return space + letters;
    }

    private static bool Special(ReadOnlySpan<byte> text, out int id)
    {
        for (id = Specials; id < Specials + SpecialTexts.Length; id++)
            if (text.StartsWith(SpecialTexts[id - Specials])) return true;
        return false;
    }

    /// <summary>A whole character of two or three bytes, or half of one of four.</summary>
    private static int CharacterPart(ReadOnlySpan<byte> text)
    {
        var length = text[0] switch
        {
            >= 0xF0 => 2,
            >= 0xE0 => 3,
            >= 0xC0 => 2,
            _ => text.Length > 1 && (text[1] & 0xC0) == 0x80 ? 2 : 1,
        };
        return Math.Min(length, text.Length);
    }

    private static int AsciiRun(ReadOnlySpan<byte> text)
    {
        var length = 1;
        while (length < 3 && length < text.Length && Joins(text[length - 1], text[length])) length++;
        return length;
    }

    private static bool Joins(byte before, byte next) => before switch
    {
        (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z') => char.IsAsciiLetter((char)next),
        >= (byte)'0' and <= (byte)'9' => char.IsAsciiDigit((char)next),
        (byte)' ' => next < 0x80 && next is not ((byte)'<' or (byte)'\n') && !char.IsAsciiLetterLower((char)next),
        _ => next == before && next != '<',
    };
}
