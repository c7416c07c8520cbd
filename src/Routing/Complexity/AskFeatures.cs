namespace Gateway.Routing.Complexity;

/// <summary>What one pass over the ask counts: words by kind, marks, sizes.</summary>
internal struct AskFeatures
{
    public int Characters;
    public int Words;
    public int Reasoning;
    public int Math;
    public int Code;
    public int Constraints;
    public int SmallTalk;
    public int Lookup;
    public int CodeMarks;
    public int MathMarks;

    /// <summary>Counts over UTF-8 text in one pass; malformed bytes count as characters and do no harm.</summary>
    public static AskFeatures Count(ReadOnlySpan<byte> text)
    {
        var features = default(AskFeatures);
        var word = Lexicon.EmptyWord;
        var length = 0;
        foreach (var unit in text)
        {
            // Continuation bytes of a UTF-8 sequence are not characters of their own.
            if ((unit & 0xC0) != 0x80)
                features.Characters++;
            var lower = (byte)(unit | 0x20);
            if (lower is >= (byte)'a' and <= (byte)'z')
            {
                word = Lexicon.Extend(word, lower);
                length++;
                continue;
            }

            if (length > 0)
            {
                features.CountWord(word);
                (word, length) = (Lexicon.EmptyWord, 0);
            }

            features.CountMark(unit);
        }

        if (length > 0)
            features.CountWord(word);
        return features;
    }

    private void CountWord(uint word)
    {
        Words++;
        switch (Lexicon.KindOf(word))
        {
            case WordKind.Reasoning: Reasoning++; break;
            case WordKind.Math: Math++; break;
            case WordKind.Code: Code++; break;
            case WordKind.Constraint: Constraints++; break;
            case WordKind.SmallTalk: SmallTalk++; break;
            case WordKind.Lookup: Lookup++; break;
        }
    }

    private void CountMark(byte unit)
    {
        switch (unit)
        {
            case (byte)'{' or (byte)'}' or (byte)';' or (byte)'`' or (byte)'_' or (byte)'<' or (byte)'>':
                CodeMarks++;
                break;
            case (byte)'^' or (byte)'\\' or (byte)'=' or (byte)'$' or (byte)'+' or (byte)'|':
                MathMarks++;
                break;
        }
    }
}
