using Gateway.Guardrails.Text;

namespace Gateway.Guardrails.Injection;

/// <summary>Ways of writing a text so that it is not read as one, and how each is undone. No result is longer than what it was made of.</summary>
public static class Disguise
{
    private const string Leet = "0o1i3e4a5s7t8b9g@a$s!i|l+t";

    /// <summary>Words that attacks are made of, to find again where the spaces between them are lost; longer ones before those they begin with.</summary>
    private static readonly byte[][] Words = [.. new[]
    {
        "instructions", "instruction", "restrictions", "unrestricted", "guidelines", "developer", "disregard", "everything", "previous", "override",
        "password", "messages", "prompts", "forget", "ignore", "system", "prompt", "reveal", "bypass", "above", "prior", "rules", "print", "under", "your",
        "show", "from", "tell", "that", "with", "and", "all", "any", "the", "now", "say", "you", "are", "me", "of", "to",
    }.Select(System.Text.Encoding.ASCII.GetBytes)];

    /// <summary>Undoes a disguise.</summary>
    /// <param name="hint">Which.</param>
    /// <param name="text">The text.</param>
    /// <param name="into">Room for twice as many bytes.</param>
    /// <returns>The bytes written.</returns>
    public static int Undo(Hint hint, ReadOnlySpan<byte> text, Span<byte> into) => hint switch
    {
        Hint.Rotated => Each(text, into, static letter => char.IsAsciiLetterLower(letter) ? (char)('a' + ((letter - 'a' + 13) % 26)) : letter),
        Hint.Reversed => Reverse(text, into),
        Hint.Digits => Each(text, into, static letter => Leet.IndexOf(letter) is var at and >= 0 && at % 2 == 0 ? Leet[at + 1] : letter),
        Hint.Spaced => Join(text, into),
        Hint.Lookalikes => Homoglyphs.Fold(text, into),
        Hint.Unseen => Unseen.Strip(text, into),
        Hint.Escapes => Escapes.Decode(text, into),
        _ => 0,
    };

    private static int Each(ReadOnlySpan<byte> text, Span<byte> into, Func<char, char> change)
    {
        for (var i = 0; i < text.Length; i++)
            into[i] = text[i] < 0x80 ? (byte)change(char.ToLowerInvariant((char)text[i])) : text[i];
        return text.Length;
    }

    private static int Reverse(ReadOnlySpan<byte> text, Span<byte> into)
    {
        var at = text.Length;
        for (var i = 0; i < text.Length;)
        {
            var width = Math.Min(Tokens.Width(text[i]), text.Length - i);
            text.Slice(i, width).CopyTo(into[(at -= width)..]);
            i += width;
        }

        return text.Length;
    }

    /// <summary>Joins letters that stand alone: over one byte between them, not over more, for that is where words end.</summary>
    private static int Join(ReadOnlySpan<byte> text, Span<byte> into)
    {
        var (count, joined) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var alone = IsLetter(text[i]) && (i == 0 || !IsLetter(text[i - 1])) && (i + 1 == text.Length || !IsLetter(text[i + 1]));
            into[count++] = text[i];
            if (!alone)
            {
                joined = count;
                continue;
            }

            if (i + 2 < text.Length && IsLetter(text[i + 2]) && (i + 3 == text.Length || !IsLetter(text[i + 3])))
                i++;
            else
                count = Split(into, joined, count);
        }

        return Split(into, joined, count);
    }

    /// <summary>Puts spaces between the words that are known of what was joined.</summary>
    private static int Split(Span<byte> into, int from, int to)
    {
        Span<byte> letters = stackalloc byte[512];
        if (to - from is < 12 or > 512)
            return to;
        into[from..to].CopyTo(letters);
        letters = letters[..(to - from)];
        foreach (ref var letter in letters)
            letter |= 0x20;
        var count = from;
        var limit = Math.Min(into.Length - 2, from + (2 * letters.Length));
        for (var i = 0; i < letters.Length && count < limit;)
        {
            var word = Known(letters[i..]);
            if (word == 0)
            {
                into[count++] = letters[i++];
                continue;
            }

            if (count + word + 2 > into.Length)
                break;
            if (count > from && into[count - 1] != ' ')
                into[count++] = (byte)' ';
            letters.Slice(i, word).CopyTo(into[count..]);
            count += word;
            if (count < into.Length)
                into[count++] = (byte)' ';
            i += word;
        }

        return count;
    }

    private static int Known(ReadOnlySpan<byte> letters)
    {
        foreach (var word in Words)
        {
            if (letters.StartsWith(word))
                return word.Length;
        }

        return 0;
    }

    private static bool IsLetter(byte b) => char.IsAsciiLetter((char)b);
}
