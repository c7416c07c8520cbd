namespace Gateway.Guardrails.Content.Leaks;

/// <summary>The phrases of an application's instructions, so many words each, that are not the user's own.</summary>
internal sealed class PhraseSet
{
    /// <summary>Words of a phrase. Three in a row are often chance; with five a leak with a changed word here and there falls apart.</summary>
    private const int WordsOfPhrase = 4;

    /// <summary>Bits for the last two words of each phrase: four thousand words of instructions set a sixteenth of them.</summary>
    private const int PairBits = 1 << 16;

    private readonly HashSet<ulong> _phrases = [];
    private readonly ulong[] _pairs = new ulong[PairBits / 64];

    /// <param name="words">Words of a leak.</param>
    /// <param name="prompt">The texts of the request.</param>
    public PhraseSet(int words, IReadOnlyList<GuardedText> prompt)
    {
        Words = Math.Min(WordsOfPhrase, words - 1);
        foreach (var text in prompt)
        {
            if (text.Source == TextSource.System)
                Visit(text.Utf8.Span, isAdded: true);
        }

        foreach (var text in prompt)
        {
            if (text.Source == TextSource.User && _phrases.Count > 0)
                Visit(text.Utf8.Span, isAdded: false);
        }
    }

    /// <summary>Words of a phrase.</summary>
    public int Words { get; }

    public bool IsEmpty => _phrases.Count == 0;

    public bool Has(in RecentWords recent)
    {
        var pair = recent.Pair % PairBits;
        return (_pairs[pair / 64] & (1UL << (int)(pair % 64))) != 0 && _phrases.Contains(recent.Phrase);
    }

    private void Visit(ReadOnlySpan<byte> text, bool isAdded)
    {
        var recent = new RecentWords(Words);
        for (var reader = new WordReader(text); reader.Read();)
        {
            recent.Add(reader.Start, reader.Hash);
            if (!recent.IsPhrase)
                continue;
            if (!isAdded)
            {
                _phrases.Remove(recent.Phrase);
                continue;
            }

            _phrases.Add(recent.Phrase);
            var pair = recent.Pair % PairBits;
            _pairs[pair / 64] |= 1UL << (int)(pair % 64);
        }
    }
}

/// <summary>The last words of a text, four at most.</summary>
/// <param name="most">How many make a phrase.</param>
internal struct RecentWords(int most)
{
    private (int Start, ulong Hash) _first, _second, _third, _last;

    /// <summary>Words so far.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there are as many as a phrase has.</summary>
    public readonly bool IsPhrase => Count >= most;

    /// <summary>Where the phrase that ends with the last word begins.</summary>
    public readonly int Start => most switch { 1 => _last.Start, 2 => _third.Start, 3 => _second.Start, _ => _first.Start };

    /// <summary>A hash of the phrase's last two words, in its lower bits; of one, where one makes a phrase.</summary>
    public readonly ulong Pair => ((_last.Hash * 3) + (most > 1 ? _third.Hash : 0)) >> 40;

    /// <summary>What that phrase is known by.</summary>
    public readonly ulong Phrase
    {
        get
        {
            var hash = _last.Hash;
            hash = most > 1 ? WordReader.Mix(hash, _third.Hash) : hash;
            hash = most > 2 ? WordReader.Mix(hash, _second.Hash) : hash;
            return most > 3 ? WordReader.Mix(hash, _first.Hash) : hash;
        }
    }

    public void Add(int start, ulong hash)
    {
        (_first, _second, _third, _last) = (_second, _third, _last, (start, hash));
        Count++;
    }
}
