using System.Numerics;

namespace Gateway.Caching.Stores.Memory;

/// <summary>How often keys were asked for lately, kept or not: a count-min sketch of four-bit counters that are halved now and then.</summary>
/// <remarks>
/// After Einziger, Friedman and Manes, "TinyLFU: A Highly Efficient Cache Admission Policy" (ACM Transactions on Storage 13, 2017). A key has
/// one counter in each of four rows, and its estimate is the least of them: never too low before a halving, seldom much too high. The four
/// stand in one block of eight words, so that they cost one trip to memory instead of four.
/// </remarks>
public sealed class FrequencySketch
{
    /// <summary>The highest estimate: what four bits hold.</summary>
    public const int Highest = 15;

    private const int Rows = 4;
    private const int BlockWords = 2 * Rows;
    private const ulong HighBitsOff = 0x7777_7777_7777_7777;

    /// <summary>Counting ten times as many asks as there are entries before a halving is what the paper's section 3.3 found enough.</summary>
    private const int AsksPerEntry = 10;

    /// <summary>Fewer entries than this are too few to judge how old a count may become.</summary>
    private const int FewEntries = 64;

    private readonly ulong[] _words;
    private readonly int _shift;
    private long _asks;

    /// <param name="entries">About how many entries there will be; rounded up to a power of two.</param>
    public FrequencySketch(int entries)
    {
        var length = BitOperations.RoundUpToPowerOf2((uint)Math.Max(entries, FewEntries));
        _words = new ulong[length];
        _shift = 64 - BitOperations.Log2(length / BlockWords);
    }

    /// <summary>How often a key was asked for lately, from 0 to <see cref="Highest"/>.</summary>
    public int Estimate(int hash)
    {
        var mixed = Mix(hash);
        var block = Block(mixed);
        var least = Highest;
        for (var row = 0; row < Rows; row++)
        {
            var (word, bit) = Counter(mixed, row);
            least = Math.Min(least, (int)(block[word] >> bit) & Highest);
        }

        return least;
    }

    /// <summary>Counts one ask for a key.</summary>
    /// <param name="hash">The key's hash.</param>
    /// <param name="entries">How many entries there are: the more, the longer counts are kept.</param>
    public void Count(int hash, int entries)
    {
        var mixed = Mix(hash);
        var block = Block(mixed);
        for (var row = 0; row < Rows; row++)
        {
            var (word, bit) = Counter(mixed, row);
            if (((block[word] >> bit) & Highest) < Highest)
                block[word] += 1UL << bit;
        }

        if (++_asks >= (long)AsksPerEntry * Math.Max(entries, FewEntries))
            Halve();
    }

    private void Halve()
    {
        foreach (ref var word in _words.AsSpan())
            word = (word >> 1) & HighBitsOff;
        _asks /= 2;
    }

    private Span<ulong> Block(ulong mixed) => _words.AsSpan((int)(mixed >> _shift) * BlockWords, BlockWords);

    // Each row has two words of a block, of sixteen counters each: five bits of the hash choose one of the thirty-two.
    private static (int Word, int Bit) Counter(ulong mixed, int row)
    {
        var choice = (int)(mixed >> (8 * row));
        return ((2 * row) + (choice & 1), ((choice >> 1) & Highest) * 4);
    }

    private static ulong Mix(int hash)
    {
        var mixed = (ulong)(uint)hash * 0x9E37_79B9_7F4A_7C15UL;
        mixed ^= mixed >> 32;
        mixed *= 0xFF51_AFD7_ED55_8CCDUL;
        return mixed ^ (mixed >> 32);
    }
}
