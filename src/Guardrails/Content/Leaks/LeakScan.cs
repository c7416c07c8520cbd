namespace Gateway.Guardrails.Content.Leaks;

/// <summary>Finds runs of words in one answer that are in its instructions.</summary>
internal sealed class LeakScan(PhraseSet phrases, int words) : IGuard
{
    /// <summary>Bytes of a phrase that counts: what precedes a place is looked at so far only. Words of ordinary text with blanks take six bytes each.</summary>
    private const int LongestPhrase = 128;

    /// <summary>Words since the last change, before the next one: one in eight may be changed.</summary>
    private const int WordsPerChange = 7;

    public int Lookbehind => LongestPhrase * 2;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found)
    {
        var recent = new RecentWords(phrases.Words);
        var run = new Run { First = -1 };
        for (var reader = new WordReader(text); reader.Read() && (reader.End < text.Length || passage.IsEnd);)
        {
            recent.Add(reader.Start, reader.Hash);
            if (recent.IsPhrase && phrases.Has(recent) && reader.End - recent.Start <= LongestPhrase)
                Extend(ref run, recent.Count - 1, reader.End, passage.Context, found);
            else if (run.First >= 0 && recent.Count - 1 > run.Last + phrases.Words)
                Close(ref run, passage.Context, found);
        }

        if (run.First >= 0 && !passage.IsEnd && run.Start >= passage.Context)
            return run.Start;
        Close(ref run, passage.Context, found);
        return text.Length;
    }

    /// <summary>Adds a phrase that ends with a word.</summary>
    private void Extend(ref Run run, int word, int end, int context, Findings found)
    {
        var first = word - phrases.Words + 1;
        var gap = first - run.Last - 1;
        if (run.First >= 0 && (gap > 1 || (gap == 1 && run.Credit < WordsPerChange)))
            Close(ref run, context, found);
        if (run.First < 0)
            run = new Run { First = first, Start = end, Credit = phrases.Words };
        else
            run.Credit = gap == 1 ? phrases.Words : run.Credit + word - run.Last;
        (run.Last, run.End) = (word, end);
    }

    private void Close(ref Run run, int context, Findings found)
    {
        if (run.First >= 0 && run.Last - run.First + 1 >= words && run.Start >= context)
            found.Add(LeakGuard.Label, run.Start, run.End - run.Start);
        run.First = -1;
    }

    /// <summary>Words in a row that are in the instructions, by number; and where they begin to be a finding.</summary>
    private struct Run
    {
        public int First;
        public int Last;
        public int Start;
        public int End;
        public int Credit;
    }
}
