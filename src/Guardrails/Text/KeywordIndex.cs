namespace Gateway.Guardrails.Text;

/// <summary>Finds every occurrence of many keywords in one pass over a text, ASCII letters of either case alike.</summary>
/// <remarks>
/// The automaton of Aho and Corasick ("Efficient string matching: an aid to bibliographic search", 1975), entered only where
/// <see cref="KeywordFilter"/> says that a keyword may begin. Built in time linear in the keywords' bytes, meant for ten to a hundred
/// thousand of them; some 25 bytes of memory for each byte of a keyword that it does not share with another's beginning. A search takes time linear in the text and in
/// what is found, and allocates nothing. Works on bytes: that a match begins or ends within a word is for the caller to see.
/// </remarks>
public sealed class KeywordIndex
{
    private readonly KeywordTrie _trie;
    private readonly KeywordFilter _filter;

    /// <param name="keywords">UTF-8; a match tells the index in this list. Of equal ones the first is found.</param>
    /// <exception cref="ArgumentException">A keyword is empty.</exception>
    public KeywordIndex(IReadOnlyList<byte[]> keywords)
    {
        ArgumentNullException.ThrowIfNull(keywords);
        var folded = new byte[keywords.Count][];
        var longest = 0;
        for (var i = 0; i < folded.Length; i++)
        {
            if (keywords[i].Length == 0)
                throw new ArgumentException($"keyword {i} is empty", nameof(keywords));
            folded[i] = Array.ConvertAll(keywords[i], Fold);
            longest = Math.Max(longest, folded[i].Length);
        }

        Longest = longest;
        _filter = new KeywordFilter(folded);
        _trie = new KeywordTrie(folded);
    }

    /// <summary>Bytes of the longest keyword; 0 when there are none.</summary>
    public int Longest { get; }

    internal KeywordTrie Trie => _trie;

    internal KeywordFilter Filter => _filter;

    /// <summary>All occurrences, also those within others, by the place where they end; of those that end together the longest first.</summary>
    public KeywordMatches Matches(ReadOnlySpan<byte> text) => new(this, text);

    /// <summary>Where the longest beginning of a keyword starts that reaches to the text's end and could be completed by more text.</summary>
    /// <returns>The text's length when there is none. Looks at <see cref="Longest"/> bytes at most.</returns>
    public int OpenFrom(ReadOnlySpan<byte> text)
    {
        var node = KeywordTrie.Root;
        for (var i = Math.Max(0, text.Length - Longest + 1); i < text.Length; i++)
            node = _trie.Next(node, Fold(text[i]));
        while (node != KeywordTrie.Root && !_trie.GoesOn(node))
            node = _trie.Fallback(node);
        return text.Length - _trie.Depth(node);
    }

    /// <summary>A byte as it is compared.</summary>
    internal static byte Fold(byte value) => (uint)(value - 'A') <= 'Z' - 'A' ? (byte)(value | 0x20) : value;
}
