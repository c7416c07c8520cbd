using System.Globalization;

namespace Gateway.Caching.Embedding.WordPiece;

/// <summary>What an uncased BERT vocabulary makes of a letter: lower case, without accent.</summary>
/// <remarks>
/// A table of our own for the letters up to U+017F: the process runs with invariant globalization, where .NET decomposes nothing. Letters
/// beyond are lower-cased only, and combining marks fall away, as they do where text is decomposed.
/// </remarks>
public static class LetterFolding
{
    /// <summary>What a combining mark is folded to: nothing.</summary>
    public const char Dropped = '\0';

    private const int First = 0xC0;

    // One letter for each of U+00C0 to U+017F; '*' keeps the letter's own lower case, for such as have no decomposition.
    private const string Folded =
        "aaaaaa*ceeeeiiii*nooooo**uuuuy**aaaaaa*ceeeeiiii*nooooo**uuuuy*y"
        + "aaaaaaccccccccdd**eeeeeeeeeegggggggghh**iiiiiiiii***jjkk*llllll****nnnnnn***oooooo**rrrrrrsssssssstttt**uuuuuuuuuuuuwwyyyzzzzzz*";

    /// <summary>The folded letter, or <see cref="Dropped"/>.</summary>
    public static char Fold(char letter)
    {
        if (letter < 0x80)
            return letter is >= 'A' and <= 'Z' ? (char)(letter | 0x20) : letter;
        if (letter - First is >= 0 and var place && place < Folded.Length && Folded[place] != '*')
            return Folded[place];
        return char.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark ? Dropped : char.ToLowerInvariant(letter);
    }
}
