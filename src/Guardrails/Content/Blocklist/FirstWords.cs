using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gateway.Guardrails.Content.Blocklist;

/// <summary>Passes over words of ASCII with which no term begins, without the automaton.</summary>
/// <remarks>A bit for each first word of a term, by its first four letters and its length. What is not ASCII, or beside it, is not passed over.</remarks>
internal sealed class FirstWords
{
    private const int Width = 32;
    private const int MostCounted = 31;
    private const int LeastBits = 1 << 15, MostBits = 1 << 21, BitsPerTerm = 16;

    private readonly uint[] _bits;
    private readonly int _shift;
    private readonly bool _isOff;

    /// <param name="terms">Each one's symbols.</param>
    public FirstWords(IReadOnlyList<int[]> terms)
    {
        var bits = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp((long)terms.Count * BitsPerTerm, LeastBits, MostBits));
        (_bits, _shift) = (new uint[bits / 32], 32 - BitOperations.Log2((uint)bits));
        Span<byte> word = stackalloc byte[sizeof(uint)];
        foreach (var term in terms)
        {
            word.Clear();
            var length = 0;
            for (; length < term.Length && (term[length] & 0xFFFFFF) < 0x80 && Folding.KindOf(term[length]) == SymbolKind.Letter; length++)
            {
                if (length < word.Length)
                    word[length] = (byte)term[length];
            }

            // A term that begins with a sign of ASCII begins anywhere.
            _isOff |= length == 0 && (term[0] & 0xFFFFFF) < 0x80;
            if (length > 0)
                Set(Hash(MemoryMarshal.Read<uint>(word), length));
        }
    }

    /// <summary>The first place from one on where a term may begin or a letter stands alone: the beginning of a word, or of what is not ASCII.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Not within a word.</param>
    /// <param name="isEnd">Whether nothing follows the text; else its last word is not passed over.</param>
    /// <returns>The text's length when there is none.</returns>
    public int Next(ReadOnlySpan<byte> text, int at, bool isEnd)
    {
        if (_isOff)
            return at;
        while (Vector256.IsHardwareAccelerated && at + Width + sizeof(uint) <= text.Length)
        {
            if (TryPassBlock(text, ref at))
                return at;
        }

        while (at < text.Length && text[at] < 0x80)
        {
            if (!char.IsAsciiLetterOrDigit((char)text[at]))
            {
                at++;
                continue;
            }

            var end = WordEnd(text, at);
            if ((end == text.Length ? !isEnd : text[end] >= 0x80) || MayBegin(text, at, end))
                return at;
            at = end;
        }

        return at;
    }

    /// <summary>Behind the word that a place is in.</summary>
    public static int WordEnd(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && char.IsAsciiLetterOrDigit((char)text[at]))
            at++;
        return at;
    }

    /// <summary>Passes over a vector's words, or stops.</summary>
    private bool TryPassBlock(ReadOnlySpan<byte> text, ref int at)
    {
        var bytes = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(text), (nuint)at);
        var words = Letters(bytes).ExtractMostSignificantBits();
        var foreign = BitOperations.TrailingZeroCount(bytes.ExtractMostSignificantBits());
        var starts = words & ~(words << 1);
        while (starts != 0)
        {
            var start = BitOperations.TrailingZeroCount(starts);
            if (start > foreign)
                break;
            var end = start + BitOperations.TrailingZeroCount(~((ulong)words >> start));
            if (end >= Width)
            {
                end = start > 0 ? at + start : WordEnd(text, at + Width);
                if (start == 0 && (end == text.Length || text[end] >= 0x80 || MayBegin(text, at, end)))
                    return true;
                at = end;
                return false;
            }

            var word = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref MemoryMarshal.GetReference(text), at + start));
            if (end == foreign || MayBegin(word, text, at + start, end - start))
            {
                at += start;
                return true;
            }

            starts &= starts - 1;
        }

        at += foreign;
        return foreign < Width;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Letters(Vector256<byte> bytes)
    {
        var letters = Vector256.LessThan((bytes | Vector256.Create((byte)0x20)) - Vector256.Create((byte)'a'), Vector256.Create((byte)26));
        return letters | Vector256.LessThan(bytes - Vector256.Create((byte)'0'), Vector256.Create((byte)10));
    }

    private bool MayBegin(ReadOnlySpan<byte> text, int start, int end)
    {
        var word = 0u;
        for (var i = start; i < Math.Min(end, start + sizeof(uint)); i++)
            word |= (uint)text[i] << (8 * (i - start));
        return MayBegin(word, text, start, end - start);
    }

    /// <summary>The same with the word's first four bytes, whatever follows it in them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool MayBegin(uint word, ReadOnlySpan<byte> text, int start, int length)
    {
        var bit = Hash((word | 0x20202020) & (uint)((1UL << (8 * Math.Min(length, sizeof(uint)))) - 1), length);
        return (_bits[bit >> 5] & (1u << (int)(bit & 31))) != 0 || (length == 1 && SpacedWord.MayBegin(text, start));
    }

    private uint Hash(uint word, int length) => ((word ^ (uint)(Math.Min(length, MostCounted) * 0x01000193)) * 0x9E3779B1) >> _shift;

    private void Set(uint bit) => _bits[bit >> 5] |= 1u << (int)(bit & 31);
}
