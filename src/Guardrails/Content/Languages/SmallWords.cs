using System.Collections.Frozen;

namespace Gateway.Guardrails.Content.Languages;

/// <summary>Counts the small words of languages in Latin letters.</summary>
internal static class SmallWords
{
    /// <summary>Letters of the longest word that is looked up.</summary>
    public const int Longest = 16;

    private static readonly FrozenDictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> Words;

    /// <summary>The languages, English first.</summary>
    public static readonly string[] Codes;

    /// <summary>A bit for the first and last letter and the length of each word: most words are none of these.</summary>
    private static readonly ulong[] Shapes = new ulong[64];

    static SmallWords()
    {
        Words = Read(out Codes);
        foreach (var word in Words.Dictionary.Keys)
            Shapes[Shape(word) >> 6] |= 1UL << Shape(word);
    }

    /// <summary>A bit for each language that has the word; none for single letters, which are variables more often.</summary>
    public static uint Of(ReadOnlySpan<char> word) => word.Length > 1 && (Shapes[Shape(word) >> 6] & (1UL << Shape(word))) != 0 && Words.TryGetValue(word, out var languages) ? languages : 0;

    private static int Shape(ReadOnlySpan<char> word) => (word[0] * 31 + word[^1] * 331 + word.Length * 1021) & 0xFFF;

    private static FrozenDictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> Read(out string[] codes)
    {
        using var stream = typeof(SmallWords).Assembly.GetManifestResourceStream("Gateway.Guardrails.Content.Languages.FunctionWords.txt")!;
        using var reader = new StreamReader(stream);
        var (names, words) = (new List<string>(), new Dictionary<string, uint>(StringComparer.Ordinal));
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            foreach (var word in line[3..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var before = words.GetValueOrDefault(word);
                words[word] = (before & 1) != 0 ? 1 : before | (1u << names.Count);
            }

            names.Add(line[..2]);
        }

        codes = [.. names];
        return words.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
