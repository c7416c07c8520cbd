using System.Collections.Frozen;

namespace Gateway.Caching.Semantic.Comparison;

/// <summary>What is known of English words: what those do that are no content, which mean the same, which are opposites.</summary>
internal static class WordList
{
    private static readonly FrozenDictionary<string, WordUse>.AlternateLookup<ReadOnlySpan<char>> Uses;
    private static readonly FrozenDictionary<string, ulong>.AlternateLookup<ReadOnlySpan<char>> Synonyms;
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Beginnings;
    private static readonly FrozenSet<(ulong, ulong)> Opposites;

    static WordList()
    {
        var uses = new Dictionary<string, WordUse>(StringComparer.Ordinal);
        foreach (var line in Lines("Words.txt"))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var use = Use(line[..colon]);
            foreach (var word in line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                uses.TryAdd(word.Replace('_', ' '), use);
        }
        var synonyms = new Dictionary<string, ulong>(StringComparer.Ordinal);
        var group = 0UL;
        foreach (var line in Lines("Synonyms.txt"))
        {
            group++;
            foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                synonyms.TryAdd(word.Replace('_', ' '), group);
                synonyms.TryAdd(Stemmed(word.Replace('_', ' ')), group);
            }
        }
        var phrases = uses.Keys.Concat(synonyms.Keys).Where(word => word.Contains(' ', StringComparison.Ordinal));
        Beginnings = phrases.Select(phrase => phrase.Split(' ')[0]).ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        Uses = uses.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        Synonyms = synonyms.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        Opposites = Lines("Opposites.txt").Select(line => line.Split(' ')).Select(pair => Pair(StemKey(pair[0]), StemKey(pair[1]))).ToFrozenSet();
    }

    /// <summary>What a lower-case word, or two with a space, does.</summary>
    public static bool TryUse(ReadOnlySpan<char> word, out WordUse use) => Uses.TryGetValue(word, out use);

    /// <summary>Whether some known phrase of two words begins with this one.</summary>
    public static bool BeginsPhrase(ReadOnlySpan<char> word) => Beginnings.Contains(word);

    /// <summary>The group of a lower-case word, a stem or a phrase; 0 for none.</summary>
    public static ulong GroupOf(ReadOnlySpan<char> word) => Synonyms.TryGetValue(word, out var group) ? group : 0;

    /// <summary>Whether two words, by the keys of their stems, are opposites.</summary>
    public static bool AreOpposites(ulong stem, ulong other) => Opposites.Contains(Pair(stem, other));

    /// <summary>A key of some letters, far above those of groups.</summary>
    public static ulong Key(ReadOnlySpan<char> letters, ulong seed = 0)
    {
        // FNV-1a.
        var hash = 14695981039346656037UL ^ seed;
        foreach (var letter in letters)
            hash = (hash ^ letter) * 1099511628211UL;
        return hash | (1UL << 63);
    }

    /// <summary>The key of a lower-case word's stem.</summary>
    public static ulong StemKey(ReadOnlySpan<char> word)
    {
        Span<char> letters = stackalloc char[AskLexer.LongestWord];
        if (word.Length > letters.Length)
            return Key(word);
        word.CopyTo(letters);
        return Key(letters[..Stem.Cut(letters[..word.Length])]);
    }

    private static string Stemmed(string word)
    {
        var letters = word.ToCharArray();
        return new string(letters, 0, Stem.Cut(letters));
    }

    private static (ulong, ulong) Pair(ulong a, ulong b) => a < b ? (a, b) : (b, a);

    private static WordUse Use(string name)
    {
        var parts = name.Split('.');
        var role = Enum.Parse<WordRole>(parts[0], ignoreCase: true);
        if (parts.Length == 1)
            return new WordUse(role, 0);
        return new WordUse(role, role == WordRole.Prep ? (long)Enum.Parse<Preposition>(parts[1], ignoreCase: true) : long.Parse(parts[1]));
    }

    private static IEnumerable<string> Lines(string file)
    {
        using var stream = typeof(WordList).Assembly.GetManifestResourceStream($"Gateway.Caching.Semantic.Comparison.{file}")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && !line.StartsWith('#'))
                yield return line;
        }
    }
}
