namespace Gateway.Guardrails.Content.Leaks;

/// <summary>The phrases of an application's instructions, so many words each, that are not the user's own.</summary>
internal sealed class PhraseSet
{
    /// <summary>Words of a phrase. Three in a row are often chance; with five a leak with a changed word here and there falls apart.</summary>
    private const int WordsOfPhrase = 4;

    private readonly HashSet<ulong> _phrases = [];

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

    public bool Has(ulong phrase) => _phrases.Contains(phrase);

    private void Visit(ReadOnlySpan<byte> text, bool isAdded)
    {
        var recent = new RecentWords(Words);
        for (var reader = new WordReader(text); reader.Read();)
        {
            recent.Add(reader.Start, reader.Hash);
            if (!recent.IsPhrase)
                continue;
            if (isAdded)
                _phrases.Add(recent.Phrase);
            else
                _phrases.Remove(recent.Phrase);
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
