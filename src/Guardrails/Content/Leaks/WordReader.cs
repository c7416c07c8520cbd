using System.Buffers;
using System.Text;
using Gateway.Guardrails.Content.Blocklist;

namespace Gateway.Guardrails.Content.Leaks;

/// <summary>Reads a text word by word: letters and digits in a row, without case; one character at a time of scripts without blanks.</summary>
internal ref struct WordReader(ReadOnlySpan<byte> text)
{
    private const ulong Seed = 0xCBF29CE484222325, Factor = 0x9E3779B97F4A7C15;

    /// <summary>Letters and digits of ASCII in lower case, 0 for what else is in it; what is not ASCII stands for itself.</summary>
    private static readonly byte[] Lower = [.. Enumerable.Range(0, 256).Select(of => (byte)(of >= 0x80 ? of : char.IsAsciiLetterOrDigit((char)of) ? of | 0x20 : 0))];

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
        while (true)
        {
            ReadAscii();
            if (_at == _text.Length)
                return EndAt(_at);
            if (Start >= 0 && _text[_at] < 0x80)
                return EndAt(_at);
            if (Rune.DecodeFromUtf8(_text[_at..], out var rune, out var size) == OperationStatus.NeedMoreData)
                return EndAt(_text.Length);
            var count = Folding.Fold(rune.Value, symbols);
            var kind = Folding.KindOf(symbols[0]);
            if (Start >= 0 && kind is SymbolKind.Space or SymbolKind.Sign or SymbolKind.Alone)
                return EndAt(_at);
            if (kind is SymbolKind.Letter or SymbolKind.Hangul or SymbolKind.Alone)
                Start = Start < 0 ? _at : Start;
            _at += size;
            if (Start < 0 || kind == SymbolKind.Ignored)
                continue;
            for (var i = 0; i < count; i++)
                Hash = (Hash ^ (uint)(symbols[i] & 0xFFFFFF)) * Factor;
            if (kind == SymbolKind.Alone)
                return EndAt(_at);
        }
    }

    /// <summary>Passes over what is of no word, if none has begun; then reads the letters and digits of ASCII that follow.</summary>
    private void ReadAscii()
    {
        if (Start < 0)
        {
            while (_at < _text.Length && Lower[_text[_at]] == 0)
                _at++;
            if (_at == _text.Length || _text[_at] >= 0x80)
                return;
            Start = _at;
        }

        var hash = Hash;
        for (; _at < _text.Length && _text[_at] < 0x80 && Lower[_text[_at]] is var letter and not 0; _at++)
            hash = (hash ^ letter) * Factor;
        Hash = hash;
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
