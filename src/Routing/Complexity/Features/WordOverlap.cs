namespace Gateway.Routing.Complexity.Features;

/// <summary>How many of some ASCII words the ask speaks too.</summary>
internal struct WordOverlap
{
    public int Words;
    public int Shared;

    public readonly float Share => Words == 0 ? 0 : (float)Shared / Words;

    public void Read(ReadOnlySpan<byte> text, in GramTable ask)
    {
        var word = Grams.EmptyWord;
        var length = 0;
        foreach (var unit in text)
        {
            var lower = (byte)(unit | 0x20);
            if (lower is >= (byte)'a' and <= (byte)'z')
            {
                word = Grams.Extend(word, lower);
                length++;
                continue;
            }

            Take(word, length, ask);
            (word, length) = (Grams.EmptyWord, 0);
        }

        Take(word, length, ask);
    }

    /// <summary>Short words ("of", "id") are everywhere and say nothing.</summary>
    private void Take(uint word, int length, in GramTable ask)
    {
        if (length < 3 || Vocabulary.ClassOf(word) == WordClass.Stop)
            return;
        Words++;
        if (ask.Contains(Grams.WordBucket(word)))
            Shared++;
    }
}
