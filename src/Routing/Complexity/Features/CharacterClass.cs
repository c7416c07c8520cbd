using System.Runtime.CompilerServices;
using System.Text;

namespace Gateway.Routing.Complexity.Features;

/// <summary>What a code point is to the features.</summary>
[Flags]
internal enum CharacterClass : byte
{
    Other = 0,
    Letter = 1,
    Digit = 2,
    Space = 4,
    Upper = 8,

    /// <summary>A word by itself: scripts that write without spaces, and Hangul, whose endings cling to the word.</summary>
    Alone = 16,
}

/// <summary>Classes and lower case of code points; a table for ASCII, Unicode's own for the rest.</summary>
internal static class Characters
{
    private static readonly CharacterClass[] Ascii = [.. Enumerable.Range(0, 128).Select(code => Classify(new Rune(code)))];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CharacterClass ClassOf(byte ascii) => Ascii[ascii];

    public static CharacterClass ClassOf(Rune rune) => rune.IsAscii ? Ascii[rune.Value] : Classify(rune);

    private static CharacterClass Classify(Rune rune)
    {
        if (Rune.IsWhiteSpace(rune))
            return CharacterClass.Space;
        if (Rune.IsDigit(rune))
            return CharacterClass.Digit;
        if (IsAlone(rune.Value))
            return CharacterClass.Letter | CharacterClass.Alone;
        if (rune.Value == '_' || IsMark(rune))
            return CharacterClass.Letter;
        if (!Rune.IsLetter(rune))
            return CharacterClass.Other;
        return Rune.IsUpper(rune) ? CharacterClass.Letter | CharacterClass.Upper : CharacterClass.Letter;
    }

    /// <summary>Combining marks belong to the letters they sit on (Devanagari, Arabic, decomposed accents).</summary>
    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark
            or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    /// <summary>Thai and Lao; kana; Han; Hangul; the supplementary ideographs.</summary>
    private static bool IsAlone(int code) =>
        code is >= 0x0E01 and <= 0x0EDF or >= 0x3041 and <= 0x30FF or >= 0x3400 and <= 0x9FFF or >= 0xAC00 and <= 0xD7A3
            or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF;
}
