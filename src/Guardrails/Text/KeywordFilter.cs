using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gateway.Guardrails.Text;

/// <summary>Says where a keyword may begin, by a bit for the first bytes of each: most places of most texts are ruled out by one look.</summary>
internal sealed class KeywordFilter
{
    /// <summary>Bytes that are looked at, at most.</summary>
    public const int MostBytes = 4;

    // Sets the bit that tells ASCII letters' cases apart. Other bytes fall together by it too, which costs a useless look and nothing else.
    private const uint Cases = 0x20202020;

    // 2^32 divided by the golden ratio: Knuth's multiplicative hash, The Art of Computer Programming, volume 3, section 6.4.
    private const uint Spread = 2654435769;

    private readonly uint _mask;
    private readonly int _shift;
    private readonly uint[] _bits;

    /// <param name="keywords">As they are compared.</param>
    public KeywordFilter(byte[][] keywords)
    {
        Shortest = keywords.Length == 0 ? MostBytes : Math.Min(MostBytes, keywords.Min(static keyword => keyword.Length));

        // At least 64 places for each keyword, so that one in 64 other places passes; no fewer than fill a part of the first-level cache (16 KB), no more
        // than fit in the second (512 KB).
        var log = Math.Clamp(BitOperations.Log2((uint)Math.Max(1, keywords.Length)) + 7, 17, 22);
        _shift = 32 - log;
        _bits = new uint[1 << (log - 5)];

        // Keywords that are shorter than what is looked at by one byte are entered with every byte behind them, as long as they are few.
        var width = Math.Min(Shortest + 1, MostBytes);
        if (keywords.Count(keyword => keyword.Length < width) > _bits.Length / 256)
            width = Shortest;
        _mask = uint.MaxValue >> (8 * (MostBytes - width));
        Span<byte> first = stackalloc byte[MostBytes];
        foreach (var keyword in keywords)
        {
            first.Clear();
            keyword.AsSpan(0, Math.Min(width, keyword.Length)).CopyTo(first);
            Enter(first);
            for (var next = 1; keyword.Length < width && next <= byte.MaxValue; next++)
            {
                first[keyword.Length] = (byte)next;
                Enter(first);
            }
        }
    }

    /// <summary>Bytes of the shortest keyword, or as many as are looked at: what is matched and shorter may be judged anew.</summary>
    public int Shortest { get; }

    /// <summary>The first place, from one on, where a keyword may begin; -1 when none may.</summary>
    public int Next(ReadOnlySpan<byte> text, int from)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        ref var bits = ref MemoryMarshal.GetArrayDataReference(_bits);
        var (mask, shift) = (_mask, _shift);

        // Four places by one load and one branch. Within the text by the loop's bound, within the bits by the shift: checks would double what a byte costs.
        for (; from <= text.Length - sizeof(ulong); from += 4)
        {
            var bytes = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, from));
            var hits = Bit(ref bits, Place((uint)bytes, mask, shift)) | (Bit(ref bits, Place((uint)(bytes >> 8), mask, shift)) << 1)
                | (Bit(ref bits, Place((uint)(bytes >> 16), mask, shift)) << 2) | (Bit(ref bits, Place((uint)(bytes >> 24), mask, shift)) << 3);
            if (hits != 0)
                return from + BitOperations.TrailingZeroCount(hits);
        }

        // The last few places are not worth a look.
        return from <= text.Length - Shortest ? from : -1;
    }

    private void Enter(ReadOnlySpan<byte> first)
    {
        var place = Place(MemoryMarshal.Read<uint>(first), _mask, _shift);
        _bits[place >> 5] |= 1u << (int)(place & 31);
    }

    private static uint Place(uint bytes, uint mask, int shift) => (((bytes & mask) | Cases) * Spread) >> shift;

    private static uint Bit(ref uint bits, uint place) => (Unsafe.Add(ref bits, place >> 5) >> (int)(place & 31)) & 1;
}
