namespace Gateway.Guarding.Remote;

/// <summary>Cuts a text that is too long to be judged as a whole.</summary>
internal static class TextCuts
{
    /// <summary>Pieces that cover the text: whole code points, cut between words where there are any nearby.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="most">Bytes of a piece at most; at least 64.</param>
    /// <param name="overlap">Bytes that a piece repeats of the one before, so that what stands at a cut is seen whole at least once; below half of a piece.</param>
    public static List<Range> Of(ReadOnlySpan<byte> utf8, int most, int overlap)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 64);
        overlap = Math.Min(overlap, most / 4);
        var cuts = new List<Range>();
        var start = 0;
        while (utf8.Length - start > most)
        {
            var end = EndOf(utf8, start, start + most);
            cuts.Add(start..end);
            start = FirstFrom(utf8, end - overlap);
        }

        cuts.Add(start..utf8.Length);
        return cuts;
    }

    private static int EndOf(ReadOnlySpan<byte> utf8, int start, int latest)
    {
        // An eighth is a bound on how much shorter a piece gets, and more than any word of prose is long.
        var window = utf8[(latest - ((latest - start) / 8))..latest];
        var space = window.LastIndexOfAny((byte)' ', (byte)'\n', (byte)'\t');
        if (space >= 0)
            return latest - window.Length + space + 1;
        // A code point has four bytes at most (RFC 3629).
        for (var i = 0; i < 3 && !CodePoints.IsFirst(utf8[latest]); i++)
            latest--;
        return latest;
    }

    private static int FirstFrom(ReadOnlySpan<byte> utf8, int at)
    {
        while (at < utf8.Length && !CodePoints.IsFirst(utf8[at]))
            at++;
        return at;
    }
}
