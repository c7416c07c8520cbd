using System.Buffers;
using System.Text;
using Gateway.Guardrails.Content.Blocklist;

namespace Gateway.Guardrails.Content.Leaks;

/// <summary>Reads a text word by word: letters and digits in a row, without case; one character at a time of scripts without blanks.</summary>
internal ref struct WordReader(ReadOnlySpan<byte> text)
{
    private const ulong Seed = 0xCBF29CE484222325, Factor = 0x9E3779B97F4A7C15;

    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;

    /// <summary>Where the word begins.</summary>
    public int Start { get; private set; }

    /// <summary>Behind its last byte; the text's length when it may go on there.</summary>
    public int End { get; private set; }

    /// <summary>What the word is known by.</summary>
    public ulong Hash { get; private set; }

    /// <summary>Reads the next word; false when there is none.</summary>
    public bool Read()
    {
        Span<int> symbols = stackalloc int[Folding.MostSymbols];
        (Start, Hash) = (-1, Seed);
        while (_at < _text.Length)
        {
            var (rune, size) = ((int)_text[_at], 1);
            if (rune >= 0x80 && Rune.DecodeFromUtf8(_text[_at..], out var decoded, out size) is var status)
            {
                rune = decoded.Value;
                if (status == OperationStatus.NeedMoreData)
                    return EndAt(_text.Length);
            }

            var count = Folding.Fold(rune, symbols);
            var kind = Folding.KindOf(symbols[0]);
            if (Start >= 0 && kind is SymbolKind.Space or SymbolKind.Sign or SymbolKind.Alone)
                return EndAt(_at);
            if (kind is SymbolKind.Letter or SymbolKind.Hangul or SymbolKind.Alone)
                Start = Start < 0 ? _at : Start;
            _at += size;
            if (Start < 0 || kind == SymbolKind.Ignored)
                continue;
            for (var i = 0; i < count; i++)
                Hash = Mix(Hash, (uint)symbols[i]);
            if (kind == SymbolKind.Alone)
                return EndAt(_at);
        }

        return EndAt(_at);
    }

    /// <summary>One hash of two.</summary>
    public static ulong Mix(ulong hash, ulong next)
    {
        hash = (hash ^ next) * Factor;
        return hash ^ (hash >> 29);
    }

    private bool EndAt(int end)
    {
        (_at, End) = (end, end);
        return Start >= 0;
    }
}
