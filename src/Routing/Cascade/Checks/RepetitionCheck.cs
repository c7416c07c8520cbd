using System.Buffers;

namespace Gateway.Routing.Cascade.Checks;

/// <summary>The answer loops: its end repeats one passage, or one line follows itself again and again.</summary>
/// <remarks>
/// Passages without a letter do not count: rules of tables, rows of numbers and closing brackets repeat in good answers. Seen on
/// the way as well, since a loop does not end by itself.
/// </remarks>
public sealed class RepetitionCheck : IAnswerCheck
{
    /// <summary>Bytes at the end that are looked at.</summary>
    private const int Tail = 1024;

    /// <summary>How often a passage must stand in a row, and over how many bytes, to be a loop rather than a figure of speech.</summary>
    private const int Times = 6;
    private const int Stretch = 72;

    /// <summary>The same for whole lines, which good answers repeat less.</summary>
    private const int Lines = 5;

    public string Name => "repetition";

    public string Reason => "degenerate repetition";

    public bool Flags(DraftAnswer answer, Offer offer) => !answer.HasCalls && (LoopsAtEnd(answer.Text) || RepeatsLine(answer.Text));

    /// <summary>Whether a suffix is one passage several times over: the failure function of the reversed text gives every suffix's period.</summary>
    private static bool LoopsAtEnd(ReadOnlySpan<byte> text)
    {
        text = text.TrimEnd(" \r\n"u8);
        var length = Math.Min(text.Length, Tail);
        if (length < Stretch)
            return false;
        var border = ArrayPool<int>.Shared.Rent(length);
        border[0] = 0;
        var found = false;
        for (int i = 1, match = 0; i < length && !found; i++)
        {
            while (match > 0 && text[^(i + 1)] != text[^(match + 1)])
                match = border[match - 1];
            if (text[^(i + 1)] == text[^(match + 1)])
                match++;
            border[i] = match;
            var period = i + 1 - match;
            found = i + 1 >= Stretch && period * Times <= i + 1 && HasLetter(text[^period..]);
        }

        ArrayPool<int>.Shared.Return(border);
        return found;
    }

    private static bool RepeatsLine(ReadOnlySpan<byte> text)
    {
        var last = ReadOnlySpan<byte>.Empty;
        var times = 0;
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range].TrimEnd("\r "u8);
            times = line.SequenceEqual(last) ? times + 1 : 1;
            last = line;
            if (times >= Lines && HasLetter(line))
                return true;
        }

        return false;
    }

    private static bool HasLetter(ReadOnlySpan<byte> text)
    {
        foreach (var letter in text)
        {
            if (letter >= 0x80 || char.IsAsciiLetter((char)letter))
                return true;
        }

        return false;
    }
}
