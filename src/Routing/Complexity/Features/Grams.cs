using System.Runtime.CompilerServices;

namespace Gateway.Routing.Complexity.Features;

/// <summary>Where grams live: hashed words and word pairs in the first block, runs of 3 to 5 characters in the second.</summary>
/// <remarks>2^16 buckets a block: 2^18 gained 0.002 APGR on the routing data, for four times the artefact.</remarks>
public static class Grams
{
    /// <summary>Buckets of one block.</summary>
    public const int Block = 1 << 16;

    /// <summary>Buckets of both blocks.</summary>
    public const int Space = 2 * Block;

    private const uint WordSeed = 0x811C9DC5;
    private const uint Prime = 0x01000193;

    /// <summary>The state of a word's hash before its first character.</summary>
    internal const uint EmptyWord = WordSeed;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Extend(uint word, uint character) => (word ^ character) * Prime;

    /// <summary>The hash of a whole word, given as lower-case text.</summary>
    internal static uint HashOf(ReadOnlySpan<char> word)
    {
        var hash = EmptyWord;
        foreach (var rune in word.EnumerateRunes())
            hash = Extend(hash, (uint)rune.Value);
        return hash;
    }

    internal static uint PairOf(uint first, uint second) => (first * 0x9E3779B1) ^ (second + 0x7F4A7C15);

    internal static int WordBucket(uint hash) => (int)(Mix(hash) >> 16);

    internal static int CharacterBucket(uint hash) => Block + (int)(Mix(hash) >> 16);

    /// <summary>The finaliser of MurmurHash3: every bit of the input reaches every bit of the bucket.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mix(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }
}
