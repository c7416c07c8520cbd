using System.Collections.Immutable;

namespace Gateway.Guardrails.Content.Blocklist;

/// <summary>The terms of topics, ready to be looked for.</summary>
internal sealed class TermList
{
    /// <summary>Symbols of the longest term that is taken: a phrase, not a text.</summary>
    public const int MostSymbols = 128;

    private readonly ulong[] _first = new ulong[0x10000 / 64];

    /// <exception cref="FormatException">A term has nothing to look for, or too much; says which.</exception>
    public TermList(IReadOnlyList<BlockedTopic> topics)
    {
        var (terms, ofTopic) = (new List<int[]>(), new List<int>());
        for (var i = 0; i < topics.Count; i++)
        {
            foreach (var term in topics[i].Terms)
            {
                terms.Add(Fold(term, topics[i].Label));
                ofTopic.Add(i);
                MostBytes = Math.Max(MostBytes, terms[^1].Length * 4);
            }
        }

        Topics = [.. topics];
        (Trie, FirstWords, TopicOfTerm) = (new TermTrie(terms), new FirstWords(terms), [.. ofTopic]);
        NextEqual = LinkEqual(terms);
        foreach (var term in terms)
            _first[(term[0] & 0xFFFF) >> 6] |= 1UL << (term[0] & 63);
    }

    public ImmutableArray<BlockedTopic> Topics { get; }

    public TermTrie Trie { get; }

    public FirstWords FirstWords { get; }

    /// <summary>Index of the topic that a term belongs to.</summary>
    public int[] TopicOfTerm { get; }

    /// <summary>The next term of the same symbols, of another topic; -1 when there is none.</summary>
    public int[] NextEqual { get; }

    /// <summary>Bytes of the longest term, with nothing invisible in it.</summary>
    public int MostBytes { get; }

    /// <summary>Whether a term begins with a symbol, or one that looks like it in sixteen bits.</summary>
    public bool MayBegin(int symbol) => (_first[(symbol & 0xFFFF) >> 6] & (1UL << (symbol & 63))) != 0;

    private static int[] Fold(string term, string label)
    {
        var folded = new List<int>();
        Span<int> symbols = stackalloc int[Folding.MostSymbols];
        foreach (var rune in term.EnumerateRunes())
        {
            foreach (var symbol in symbols[..Folding.Fold(rune.Value, symbols)])
            {
                var kind = Folding.KindOf(symbol);
                if (kind != SymbolKind.Ignored && (kind != SymbolKind.Space || (folded.Count > 0 && folded[^1] != symbol)))
                    folded.Add(symbol);
            }
        }

        if (folded.Count > 0 && Folding.KindOf(folded[^1]) == SymbolKind.Space)
            folded.RemoveAt(folded.Count - 1);
        if (folded.Count is 0 or > MostSymbols)
            throw new FormatException($"{label}: the term \"{term}\" has {folded.Count} characters to look for; it needs 1 to {MostSymbols}");
        return [.. folded];
    }

    /// <summary>The trie knows the first of equal terms; the others follow it.</summary>
    private int[] LinkEqual(List<int[]> terms)
    {
        var next = new int[terms.Count];
        Array.Fill(next, -1);
        for (var i = 0; i < terms.Count; i++)
        {
            var node = TermTrie.Root;
            foreach (var symbol in terms[i])
                node = Trie.Child(node, symbol);
            var first = Trie.Term(node);
            if (first != i)
                (next[i], next[first]) = (next[first], i);
        }

        return next;
    }
}
