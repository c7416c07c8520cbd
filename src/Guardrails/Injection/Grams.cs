using System.Runtime.CompilerServices;

namespace Gateway.Guardrails.Injection;

/// <summary>What a text is made of, for the classifier: hashed n-grams of words and of the bytes in them, token by token.</summary>
/// <remarks>
/// Of each token: itself, the pairs and the triple it ends, the pair over a gap, its stem and the pair of stems; of longer words also their
/// runs of four bytes, which survive misspellings. N-grams do not reach over the end of a sentence; that there was one is a token itself.
/// </remarks>
public ref struct Grams(ReadOnlySpan<byte> text)
{
    /// <summary>N-grams of one token at most.</summary>
    public const int Most = 32;

    private const uint Stop = 0x5707_0001;
    private const int LongestWordInRuns = 24;
    private const int ShortestWordInRuns = 5;

    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;
    private uint _before;
    private uint _last = Stop;
    private uint _lastStem = Stop;

    /// <summary>The token that was read last.</summary>
    public Token Token { get; private set; }

    /// <summary>Reads a token.</summary>
    /// <param name="grams">Takes the hashes of its n-grams, all 32 bits of them good; room for <see cref="Most"/>.</param>
    /// <returns>How many there are; 0 at the end.</returns>
    public int Next(scoped Span<uint> grams)
    {
        var from = _at;
        if (!Tokens.Next(_text, ref _at, out var token))
            return 0;
        Token = token;
        if (EndsSentence(_text[from..token.Start]))
            (_before, _last, _lastStem) = (0, Stop, Stop);

        var (word, stem) = (token.Hash, token.Stem);
        var count = 0;
        grams[count++] = Mix(word, 1);
        grams[count++] = Mix(Pair(_last, word), 2);
        if (_before != 0)
        {
            grams[count++] = Mix(Pair(Pair(_before, _last), word), 3);
            grams[count++] = Mix(Pair(_before, word), 4);
        }

        if (token.Length > 5)
            grams[count++] = Mix(stem, 5);
        if (stem != word || _lastStem != _last)
            grams[count++] = Mix(Pair(_lastStem, stem), 6);
        if (token.Length is >= ShortestWordInRuns and <= LongestWordInRuns)
            count = Runs(token, grams, count);
        (_before, _last, _lastStem) = (_last, word, stem);
        return count;
    }

    private readonly int Runs(Token token, scoped Span<uint> grams, int count)
    {
        // The byte before a word is what no word has: runs at its beginning differ from those in its middle.
        var run = 0x20u;
        for (var i = token.Start; i < token.End; i++)
        {
            run = (run << 8) | (uint)(_text[i] | 0x20);
            if (i - token.Start >= 2)
                grams[count++] = Mix(run, 7);
        }

        return count;
    }

    private static bool EndsSentence(ReadOnlySpan<byte> between)
    {
        for (var i = 0; i < between.Length; i++)
        {
            switch (between[i])
            {
                case (byte)'.' or (byte)'!' or (byte)'?' or (byte)':' or (byte)';' or (byte)'"' or (byte)'>' or (byte)'#':
                    return true;
                case (byte)'\n' when between[(i + 1)..].Contains((byte)'\n'):
                    return true;
                case 0xE3 when i + 2 < between.Length && between[i + 1] == 0x80 && between[i + 2] == 0x82:
                    return true;
            }
        }

        return false;
    }

    private static uint Pair(uint one, uint other) => (uint)((((ulong)one << 32) | other) * 0x9E3779B97F4A7C15 >> 32) ^ other;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mix(uint hash, uint kind)
    {
        hash = (hash ^ (kind * 0x85EBCA6B)) * 0xCC9E2D51;
        return (hash ^ (hash >> 15)) * 0x1B873593;
    }
}
