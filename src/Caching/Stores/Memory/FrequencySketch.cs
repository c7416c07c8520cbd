using System.Numerics;

namespace Gateway.Caching.Stores.Memory;

/// <summary>How often keys were asked for lately, kept or not: a count-min sketch of four-bit counters that are halved now and then.</summary>
/// <remarks>
/// After Einziger, Friedman and Manes, "TinyLFU: A Highly Efficient Cache Admission Policy" (ACM Transactions on Storage 13, 2017). A key has
/// one counter in each of four rows, and its estimate is the least of them: never too low before a halving, seldom much too high.
/// </remarks>
public sealed class FrequencySketch
{
    /// <summary>The highest estimate: what four bits hold.</summary>
    public const int Highest = 15;

    private const int Rows = 4;
    private const int CountersPerWord = 16;
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
        _shift = 64 - BitOperations.Log2(length);
    }

    /// <summary>How often a key was asked for lately, from 0 to <see cref="Highest"/>.</summary>
    public int Estimate(int hash)
    {
        var least = Highest;
        for (var row = 0; row < Rows; row++)
        {
            var (word, bit) = Place(hash, row);
            least = Math.Min(least, (int)(_words[word] >> bit) & Highest);
        }

        return least;
    }

    /// <summary>Counts one ask for a key.</summary>
    /// <param name="hash">The key's hash.</param>
    /// <param name="entries">How many entries there are: the more, the longer counts are kept.</param>
    public void Count(int hash, int entries)
    {
        for (var row = 0; row < Rows; row++)
        {
            var (word, bit) = Place(hash, row);
            if (((_words[word] >> bit) & Highest) < Highest)
                _words[word] += 1UL << bit;
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

    private (int Word, int Bit) Place(int hash, int row)
    {
        // Odd multipliers with well-mixed bits: four rows need four hashes that have nothing to do with each other.
        var mixed = (ulong)(uint)hash * (row switch
        {
            0 => 0x9E37_79B9_7F4A_7C15UL,
            1 => 0xC2B2_AE3D_27D4_EB4FUL,
            2 => 0x1656_67B1_9E37_79F9UL,
            _ => 0xD6E8_FEB8_6659_FD93UL,
        });
        mixed ^= mixed >> 32;
        mixed *= 0xFF51_AFD7_ED55_8CCDUL;
        return ((int)(mixed >> _shift), (int)(mixed & (CountersPerWord - 1)) * 4);
    }
}
