using System.Buffers;

namespace Gateway.Caching.Semantic.Comparison;

/// <summary>Cuts a word to what its forms have in common: plural, -ing, -ed, -ly, -ion, and British spelling. Comparatives stay apart.</summary>
internal static class Stem
{
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    /// <summary>Cuts a lower-case word in place.</summary>
    /// <returns>How many letters are left.</returns>
    public static int Cut(Span<char> word)
    {
        var length = Plural(word, word.Length);
        length = Ending(word, length, "ly", 6, 0);
        length = Ending(word, length, "ing", 6, 3);
        length = Ending(word, length, "ed", 5, 3);
        length = Ending(word, length, "ion", 8, 3);
        // colour, behaviour; not hour, four, your.
        if (length > 5 && word[..length].EndsWith("our"))
        {
            word[length - 2] = 'r';
            length--;
        }
        if (length > 3 && word[length - 1] == 'e')
            length--;
        // -ise and -ize, analyse and analyze.
        if (length > 5 && word[length - 1] == 's' && word[length - 2] is 'i' or 'y')
            word[length - 1] = 'z';
        if (length > 6 && word[..length].EndsWith("at"))
            length -= 2;
        if (length > 6 && word[..length].EndsWith("is"))
            word[length - 1] = 'z';
        if (length > 3 && word[length - 1] == word[length - 2])
            length--;
        if (length > 3 && word[length - 1] == 'i')
            word[length - 1] = 'y';
        return length;
    }

    private static int Plural(Span<char> word, int length)
    {
        if (length < 4 || word[length - 1] != 's' || word[length - 2] is 's' or 'u' or 'i')
            return length;
        if (word[length - 2] != 'e')
            return length - 1;
        if (length > 4 && word[length - 3] == 'i')
        {
            word[length - 3] = 'y';
            return length - 2;
        }
        var before = word[..(length - 2)];
        return before.EndsWith("ch") || before.EndsWith("sh") || before.EndsWith("ss") || before[^1] is 'x' or 'z' ? length - 2 : length - 1;
    }

    private static int Ending(Span<char> word, int length, string ending, int least, int stem)
    {
        if (length < least || !word[..length].EndsWith(ending))
            return length;
        var left = length - ending.Length;
        return left >= stem && word[..left].ContainsAny(Vowels) ? left : length;
    }
}
