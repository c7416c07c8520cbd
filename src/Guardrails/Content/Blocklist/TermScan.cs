using System.Buffers;
using System.Text;

namespace Gateway.Guardrails.Content.Blocklist;

/// <summary>One pass over one text, looking for terms.</summary>
internal ref struct TermScan
{
    /// <summary>So many invisible characters in a row are passed over; more of them end a word. What precedes a word is looked at so far only.</summary>
    public const int MostIgnored = 16;

    /// <summary>What stands for too many of them: no character, a sign.</summary>
    private const int Gap = ((int)SymbolKind.Sign << 24) | 0xFFFFFF;

    private readonly TermList _list;
    private readonly ReadOnlySpan<byte> _text;
    private readonly Span<long> _starts;
    private readonly Findings _found;
    private readonly int _context;
    private readonly bool _isEnd;
    private TopicCounts? _topics;
    private int _node, _count, _ignored, _end, _spacedTo, _open;
    private SymbolKind _before, _last;

    /// <param name="list">The terms.</param>
    /// <param name="text">The text.</param>
    /// <param name="passage">What it is.</param>
    /// <param name="found">Filled in.</param>
    /// <param name="starts">Room for where <see cref="TermList.MostSymbols"/> symbols begin.</param>
    public TermScan(TermList list, ReadOnlySpan<byte> text, in Passage passage, Findings found, Span<long> starts)
    {
        _list = list;
        _text = text;
        _starts = starts;
        _found = found;
        (_context, _isEnd, _open) = (passage.Context, passage.IsEnd, -1);
        (_before, _last) = (SymbolKind.Sign, SymbolKind.Sign);
    }

    /// <summary>Goes over the text.</summary>
    /// <returns>From where on it is open.</returns>
    public int Run()
    {
        Span<int> symbols = stackalloc int[Folding.MostSymbols];
        var at = 0;
        while (at < _text.Length)
        {
            if (_node == TermTrie.Root && _text[at] < 0x80)
            {
                at = Skip(at);
                if (at == _text.Length)
                    return at;
            }

            var status = Rune.DecodeFromUtf8(_text[at..], out var rune, out var size);
            if (status == OperationStatus.NeedMoreData && !_isEnd)
                break;
            if (at + size < _text.Length && SpacedWord.IsSeparator(_text[at + size]) && !TrySpaced(at))
                return Math.Min(at, Open());
            var count = Folding.Fold(rune.Value, symbols);
            if (_node != TermTrie.Root || !TryPass(symbols[0]))
            {
                for (var i = 0; i < count; i++)
                    Feed(symbols[i], at, at + size);
            }

            if (_open >= 0)
                return Math.Min(_open, Open());
            at += size;
        }

        if (!_isEnd)
            return Math.Min(at, Open());
        if (_node != TermTrie.Root)
            Resolve(SymbolKind.Space, _text.Length);
        return _text.Length;
    }

    /// <summary>Passes over what is ASCII and begins no term.</summary>
    private int Skip(int at)
    {
        // Within a word nothing begins.
        var from = _before == SymbolKind.Letter ? FirstWords.WordEnd(_text, at) : at;
        if (from < _text.Length && (_text[from] < 0x80 || from == at))
            from = _list.FirstWords.Next(_text, from, _isEnd);
        if (from > at)
        {
            _before = Folding.KindOf(FoldAscii(_text[from - 1]));
            (_last, _ignored) = (_before, 0);
        }

        return from;
    }

    /// <summary>Passes over a character of letters with which no term begins.</summary>
    private bool TryPass(int symbol)
    {
        var kind = Folding.KindOf(symbol);
        if (kind is not (SymbolKind.Letter or SymbolKind.Hangul or SymbolKind.Alone) || (IsBetween(_before, kind) && _list.MayBegin(symbol)))
            return false;
        (_before, _last, _ignored) = (kind, kind, 0);
        return true;
    }

    private static int FoldAscii(byte sign)
    {
        Span<int> symbols = stackalloc int[Folding.MostSymbols];
        _ = Folding.Fold(sign, symbols);
        return symbols[0];
    }

    private void Feed(int symbol, int start, int end)
    {
        var kind = Folding.KindOf(symbol);
        if (kind == SymbolKind.Ignored)
        {
            if (++_ignored == MostIgnored)
                Feed(Gap, start, start);
            return;
        }

        if (symbol != Gap)
            _ignored = 0;
        if (kind == SymbolKind.Space && _last == SymbolKind.Space)
            return;
        if (_node != TermTrie.Root)
            Resolve(kind, start);
        var begins = IsBetween(_before, kind) || kind == SymbolKind.Sign;
        if (_node != TermTrie.Root || begins)
        {
            _starts[_count % TermList.MostSymbols] = ((long)start << 1) | (begins ? 1L : 0);
            _count = _count == 2 * TermList.MostSymbols - 1 ? TermList.MostSymbols : _count + 1;
            _node = _list.Trie.Next(_node, symbol);
            // What begins within a word becomes nothing, so that the automaton comes to rest.
            while (_node != TermTrie.Root && StartOf(_node) < 0)
                _node = _list.Trie.Fallback(_node);
        }

        _last = kind;
        _before = kind == SymbolKind.Mark ? _before : kind;
        _end = end;
    }

    /// <summary>Whether a word may begin or end between two characters, marks of the first left aside.</summary>
    private static bool IsBetween(SymbolKind before, SymbolKind after) =>
        after != SymbolKind.Mark
        && (before != after || before is SymbolKind.Space or SymbolKind.Sign or SymbolKind.Alone || after is SymbolKind.Space or SymbolKind.Sign or SymbolKind.Alone);

    /// <summary>Judges the terms that end with the last symbol, now that it is known what follows.</summary>
    private void Resolve(SymbolKind next, int nextStart)
    {
        var node = _list.Trie.Term(_node) >= 0 ? _node : _list.Trie.Shorter(_node);
        if (node == TermTrie.Root || next == SymbolKind.Mark)
            return;
        bool? ends = IsBetween(_before, next);
        if (ends == false && next == SymbolKind.Hangul)
            ends = KoreanParticles.Follow(_text, nextStart, _isEnd);
        for (; node != TermTrie.Root && ends != false; node = _list.Trie.Shorter(node))
        {
            var start = StartOf(node);
            if (start < 0)
                continue;
            if (ends == true)
                Found(_list.Trie.Term(node), start, _end);
            else
                _open = _open < 0 ? start : Math.Min(_open, start);
        }
    }

    /// <summary>Where the symbols of a node begin, if a word may begin there; else -1.</summary>
    private readonly int StartOf(int node)
    {
        var start = _starts[(_count - _list.Trie.Depth(node) + TermList.MostSymbols) % TermList.MostSymbols];
        return (start & 1) != 0 ? (int)(start >> 1) : -1;
    }

    /// <summary>From where on more text could complete a term.</summary>
    private readonly int Open()
    {
        for (var node = _node; node != TermTrie.Root; node = _list.Trie.Fallback(node))
        {
            if (StartOf(node) is var start && start >= _context)
                return start;
        }

        return _text.Length;
    }

    /// <summary>Looks for letters that stand apart; false when they may go on behind the text's end.</summary>
    private bool TrySpaced(int at)
    {
        if (at < _spacedTo || at < _context || _before is SymbolKind.Letter or SymbolKind.Hangul)
            return true;
        var spaced = SpacedWord.Read(_text, at, _isEnd, _list.Trie);
        if (spaced.IsCutOff)
            return false;
        _spacedTo = Math.Max(spaced.Last, at + 1);
        if (spaced.Term >= 0)
            Found(spaced.Term, at, spaced.End);
        return true;
    }

    private void Found(int term, int start, int end)
    {
        for (; term >= 0; term = _list.NextEqual[term])
        {
            var topic = _list.TopicOfTerm[term];
            var (label, least) = (_list.Topics[topic].Label, _list.Topics[topic].AtLeast);
            if (start < _context && (least <= 1 || end > _context))
                continue;
            if (least <= 1 || (_topics ??= new TopicCounts()).Add(topic, term, end) >= least)
                _found.Add(label, start, end - start);
        }
    }
}
