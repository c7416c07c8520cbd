using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gateway.Guardrails.Injection;

/// <summary>Cuts UTF-8 into words. Never fails: bytes that are no UTF-8 are some word or other.</summary>
/// <remarks>
/// Letters of alphabets and digits make words; Han, Kana and Hangul make one token a character; all else separates. Case is folded by
/// setting bit 5 of each byte, which does for ASCII, Latin-1 and most of Cyrillic and costs nothing.
/// </remarks>
public static class Tokens
{
    public const byte Separator = 0;
    public const byte Letter = 1;
    public const byte Ideograph = 2;
    public const byte Other = 3;

    private const ulong Fold = 0x2020202020202020;

    private static readonly byte[] ClassTable = MakeClasses();

    /// <summary>What a byte begins: see the constants. <see cref="Other"/> is the first byte of a character that is no letter.</summary>
    public static ReadOnlySpan<byte> Classes => ClassTable;

    /// <summary>Reads the token at or behind a place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">The place; moved behind the token.</param>
    /// <param name="token">The token.</param>
    /// <returns>False when there is none.</returns>
    public static bool Next(ReadOnlySpan<byte> text, ref int at, out Token token)
    {
        var classes = Classes;
        while (at < text.Length)
        {
            switch (classes[text[at]])
            {
                case Separator:
                    at++;
                    continue;
                case Other:
                    at += Width(text[at]);
                    continue;
                case Ideograph:
                    if (!IsIdeograph(text, at))
                    {
                        at += 3;
                        continue;
                    }

                    token = new Token(at, Math.Min(at + 3, text.Length), Short(text, at, Math.Min(3, text.Length - at)), 0);
                    at += 3;
                    return true;
                default:
                    var start = at;
                    at = EndOfWord(text, at);
                    token = Word(text, start, at);
                    return true;
            }
        }

        at = text.Length;
        token = default;
        return false;
    }

    /// <summary>Behind the letters that begin at a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int EndOfWord(ReadOnlySpan<byte> text, int at)
    {
        // Most words are ASCII and shorter than a vector: no branch depends on their length.
        if (at + Vector128<byte>.Count <= text.Length)
        {
            var bytes = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(text), (nuint)at);
            var letters = Vector128.LessThanOrEqual((bytes | Vector128.Create((byte)0x20)) - Vector128.Create((byte)'a'), Vector128.Create((byte)25))
                | Vector128.LessThanOrEqual(bytes - Vector128.Create((byte)'0'), Vector128.Create((byte)9));
            var length = BitOperations.TrailingZeroCount(~letters.ExtractMostSignificantBits());
            at += length;
            if (length < Vector128<byte>.Count && text[at] < 0x80)
                return at;
        }

        return EndOfAnyWord(text, at);
    }

    private static int EndOfAnyWord(ReadOnlySpan<byte> text, int at)
    {
        ref var classes = ref MemoryMarshal.GetArrayDataReference(ClassTable);
        while (at < text.Length && Unsafe.Add(ref classes, text[at]) == Letter)
            at++;
        return at;
    }

    /// <summary>The token that some bytes make.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Token Word(ReadOnlySpan<byte> text, int start, int end)
    {
        var length = end - start;
        ulong head, tail = 0;
        if (start + 8 <= text.Length)
        {
            head = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref MemoryMarshal.GetReference(text), start)) | Fold;
            head &= ulong.MaxValue >> (64 - (8 * Math.Min(length, 8)));
            if (length > 8)
                tail = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref MemoryMarshal.GetReference(text), end - 8)) | Fold;
        }
        else
        {
            head = Short(text, start, length) | (Fold & ((1UL << (length * 8)) - 1));
        }

        return new Token(start, end, head, tail);
    }

    /// <summary>Bytes of the character that a byte begins.</summary>
    public static int Width(byte first) => first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;

    /// <summary>Punctuation of the East, U+3000 to U+303F, begins as Kana do.</summary>
    private static bool IsIdeograph(ReadOnlySpan<byte> text, int at) => text[at] != 0xE3 || at + 1 >= text.Length || text[at + 1] != 0x80;

    private static ulong Short(ReadOnlySpan<byte> text, int start, int length)
    {
        ulong value = 0;
        for (var i = 0; i < length; i++)
            value |= (ulong)text[start + i] << (i * 8);
        return value;
    }

    private static byte[] MakeClasses()
    {
        var classes = new byte[256];
        for (var b = 0; b < 256; b++)
        {
            classes[b] = b switch
            {
                < 0x80 => char.IsAsciiLetterOrDigit((char)b) ? Letter : Separator,
                0xC0 or 0xC1 or 0xC2 or 0xE2 or 0xEE or 0xEF or >= 0xF0 => Other,
                >= 0xE3 and <= 0xED => Ideograph,
                _ => Letter,
            };
        }

        return classes;
    }
}

/// <summary>A word of a text, or one character of a script that is written without spaces.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="End">Behind its last byte.</param>
/// <param name="Head">Its first eight bytes, folded; little-endian.</param>
/// <param name="Tail">Its last eight bytes, folded, when it has more than eight; else 0.</param>
public readonly record struct Token(int Start, int End, ulong Head, ulong Tail)
{
    public int Length => End - Start;

    /// <summary>The same for the same word in capitals. Words that share their ends and their length share it too.</summary>
    public uint Hash
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Mix((Head * 0x9E3779B97F4A7C15) ^ (Tail * 0xC2B2AE3D27D4EB4F) ^ (ulong)Length);
    }

    /// <summary>The hash of its first five bytes: what inflections of a word mostly share.</summary>
    public uint Stem => Mix(((Head & 0xFF_FFFF_FFFF) * 0x9E3779B97F4A7C15) ^ 5);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mix(ulong value) => (uint)(((value ^ (value >> 29)) * 0xBF58476D1CE4E5B9) >> 32);
}
