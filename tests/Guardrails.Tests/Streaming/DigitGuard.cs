namespace Gateway.Guardrails.Tests.Streaming;

/// <summary>
/// Finds runs of digits of a least length, as a guard of a real pattern would: what it says depends on the byte before the run, and the run
/// is open until another byte follows it.
/// </summary>
internal sealed class DigitGuard(string label, int least, int most = int.MaxValue) : IGuard
{
    public int Lookbehind => 1;

    public int Calls { get; private set; }

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found)
    {
        Calls++;
        for (var at = passage.Context; at < text.Length; at++)
        {
            if (!char.IsAsciiDigit((char)text[at]))
                continue;
            var end = at;
            while (end < text.Length && char.IsAsciiDigit((char)text[end]))
                end++;
            if (end == text.Length && !passage.IsEnd)
                return at;
            var isPartOfWord = at > 0 && char.IsAsciiLetter((char)text[at - 1]);
            if (end - at >= least && end - at <= most && !isPartOfWord)
                found.Add(label, at, end - at);
            at = end;
        }

        return text.Length;
    }
}

/// <summary>Finds what stands between two marks; without the second one, all that follows the first.</summary>
internal sealed class SpanGuard(string label, string begin, string end) : IGuard
{
    private readonly byte[] _begin = System.Text.Encoding.UTF8.GetBytes(begin);
    private readonly byte[] _end = System.Text.Encoding.UTF8.GetBytes(end);

    public int Lookbehind => Math.Max(_begin.Length, _end.Length) - 1;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found)
    {
        var at = 0;
        while (text[at..].IndexOf(_begin) is var start and >= 0)
        {
            start += at;
            var stop = text[(start + _begin.Length)..].IndexOf(_end);
            var isClosed = stop >= 0;
            var finish = isClosed ? start + _begin.Length + stop + _end.Length : text.Length;
            if (!isClosed && !passage.IsEnd)
                return start;
            found.Add(label, start, finish - start);
            at = finish;
        }

        var open = text.Length;
        for (var length = Math.Min(_begin.Length - 1, text.Length - at); length > 0 && !passage.IsEnd; length--)
        {
            if (!text.EndsWith(_begin.AsSpan(0, length)))
                continue;
            open = text.Length - length;
            break;
        }

        return Math.Max(open, passage.Context);
    }
}

/// <summary>Says something of a text as a whole, at its end.</summary>
internal sealed class WholeGuard(Func<string, bool> isBad, bool needsWhole = true) : IGuard
{
    public int Lookbehind => 0;

    public bool NeedsWhole(TextSource source) => needsWhole;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found)
    {
        if (isBad(System.Text.Encoding.UTF8.GetString(text)))
            found.Add("bad", 0, 0);
        return text.Length;
    }
}

/// <summary>Throws when it meets a word.</summary>
internal sealed class ThrowingGuard(string at) : IGuard
{
    private readonly byte[] _at = System.Text.Encoding.UTF8.GetBytes(at);

    public int Lookbehind => _at.Length;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found) =>
        text.IndexOf(_at) >= 0 ? throw new InvalidOperationException(at) : text.Length;
}
