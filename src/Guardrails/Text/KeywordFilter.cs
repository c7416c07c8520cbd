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
    private readonly byte[] _bits;

    /// <param name="keywords">As they are compared.</param>
    /// <param name="width">Bytes to look at, no more than the shortest keyword has.</param>
    public KeywordFilter(byte[][] keywords, int width)
    {
        Width = width;
        _mask = uint.MaxValue >> (8 * (MostBytes - width));
        // 64 places for each keyword, so that one in 64 other places passes; no fewer than fill a part of the first-level cache, no more than fit
        // in the second.
        var log = Math.Clamp(BitOperations.Log2((uint)Math.Max(1, keywords.Length)) + 7, 16, 22);
        _shift = 32 - log;
        _bits = new byte[1 << (log - 3)];
        Span<byte> first = stackalloc byte[MostBytes];
        foreach (var keyword in keywords)
        {
            first.Clear();
            keyword.AsSpan(0, width).CopyTo(first);
            var place = Place(MemoryMarshal.Read<uint>(first));
            _bits[place >> 3] |= (byte)(1 << (int)(place & 7));
        }
    }

    /// <summary>Bytes that are looked at.</summary>
    public int Width { get; }

    /// <summary>The first place, from one on, where a keyword may begin; -1 when none may.</summary>
    public int Next(ReadOnlySpan<byte> text, int from)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        ref var bits = ref MemoryMarshal.GetArrayDataReference(_bits);
        var at = from;
        for (; at <= text.Length - MostBytes; at++)
        {
            // Within the text by the loop's bound, within the bits by the shift: checks would double what a byte costs.
            var place = Place(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, at)));
            if ((Unsafe.Add(ref bits, place >> 3) & (1 << (int)(place & 7))) != 0)
                return at;
        }

        Span<byte> last = stackalloc byte[MostBytes];
        for (; at <= text.Length - Width; at++)
        {
            last.Clear();
            text[at..].CopyTo(last);
            var place = Place(MemoryMarshal.Read<uint>(last));
            if ((_bits[place >> 3] & (1 << (int)(place & 7))) != 0)
                return at;
        }

        return -1;
    }

    private uint Place(uint bytes) => (((bytes & _mask) | Cases) * Spread) >> _shift;
}
