namespace Gateway.Guardrails.Text;

/// <summary>The occurrences of an index's keywords in a text, found as they are asked for.</summary>
public ref struct KeywordMatches
{
    private readonly KeywordTrie _trie;
    private readonly KeywordFilter _filter;
    private readonly ReadOnlySpan<byte> _text;
    private int _at;
    private int _node;
    private int _ending;

    internal KeywordMatches(KeywordIndex index, ReadOnlySpan<byte> text)
    {
        (_trie, _filter) = (index.Trie, index.Filter);
        _text = text;
        _ending = KeywordTrie.None;
    }

    public KeywordMatch Current { get; private set; }

    public readonly KeywordMatches GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_ending == KeywordTrie.None)
        {
            if (_node == KeywordTrie.Root)
            {
                _at = _filter.Next(_text, _at);
                if (_at < 0)
                    return Stop();
            }

            if (!Walk())
                return Stop();
        }

        var length = _trie.Depth(_ending);
        Current = new KeywordMatch(_trie.Keyword(_ending), _at - length, length);
        _ending = _trie.ShorterEnding(_ending);
        return true;
    }

    /// <summary>Follows the automaton until a keyword ends, or too little is matched to stay in it; false at the text's end.</summary>
    private bool Walk()
    {
        while (_at < _text.Length)
        {
            var next = _trie.Child(_node, KeywordIndex.Fold(_text[_at]));
            if (next != KeywordTrie.None)
            {
                _node = next;
                _at++;
                _ending = _trie.Ending(next);
                if (_ending != KeywordTrie.None)
                    return true;
                continue;
            }

            if (_node == KeywordTrie.Root)
            {
                _at++;
                return true;
            }

            // What is still matched is shorter than any keyword, so nothing in it has ended yet: the filter judges it anew from where it
            // begins, which lies behind the last beginning.
            _node = _trie.Fallback(_node);
            if (_trie.Depth(_node) < _filter.Shortest)
            {
                _at -= _trie.Depth(_node);
                _node = KeywordTrie.Root;
                return true;
            }
        }

        return false;
    }

    private bool Stop()
    {
        _at = _text.Length;
        return false;
    }
}
