using System.Collections.Frozen;

namespace Gateway.Caching.Embedding.Language;

/// <summary>Tells whether an ask is clearly in another language than English; what is unclear, such as two words or code, counts as English.</summary>
/// <remarks>How often it is wrong: bench/Embedding/README.md, with the command that counts.</remarks>
public static class AskLanguage
{
    /// <summary>Another language, no saying which.</summary>
    public const string Other = "other than en";

    // An English ask may quote a foreign word or speak of π and σ; one of which a quarter is foreign is about the foreign text.
    private const double MostForeign = 0.25;

    // English has accents in names and loan words; each language that is known here by its accents has them in a twentieth of its letters or more.
    private const double MostAccented = 0.05;

    // bench/Embedding, language: the Declaration of Human Rights falls into 1.1 pieces a word in English, and into 1.9 to 3.4 in the other
    // languages in Latin letters but Vietnamese (1.6).
    private const double MostPiecesOfAWord = 1.7;

    // The part of an ask's words that are English small ones, below which it may be foreign: some "no", "do" and "as" are in other languages.
    private const double LeastEnglish = 0.15;

    private const int English = 0;
    private const int LongestWord = 24;
    private static readonly string[] Codes;
    private static readonly FrozenDictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> Words;

    static AskLanguage()
    {
        using var stream = typeof(AskLanguage).Assembly.GetManifestResourceStream("Gateway.Caching.Embedding.FunctionWords.txt")!;
        using var reader = new StreamReader(stream);
        var codes = new List<string>();
        var words = new Dictionary<string, uint>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            var isEnglish = codes.Count == English;
            foreach (var word in line[3..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                // English has first claim on a word, so that "as" and "me" say nothing for the others.
                var before = words.GetValueOrDefault(word);
                if (isEnglish || (before & 1) == 0)
                    words[word] = before | (1u << codes.Count);
            }
            codes.Add(line[..2]);
        }
        Codes = [.. codes];
        Words = words.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>All it may answer.</summary>
    public static IEnumerable<string> Known => [.. Codes.Skip(1), "zh", "ja", "ko", "ru", "el", "ar", "he", "hi", "th", Other];

    /// <summary>Null for English and for what is unclear; else the language's code.</summary>
    /// <param name="text">The ask.</param>
    /// <param name="pieces">In how many pieces an English vocabulary cuts it, where that is known: foreign words fall into many.</param>
    public static string? Of(ReadOnlySpan<char> text, int pieces = 0)
    {
        Span<int> hits = stackalloc int[32];
        Span<char> word = stackalloc char[LongestWord];
        var scripts = new ScriptCount();
        var length = 0;
        var words = 0;
        var signs = 0;
        foreach (var letter in text)
        {
            scripts.Add(letter);
            if (char.IsLetter(letter) || IsMark(letter) || (letter is '\'' or '\u2019' && length > 0))
            {
                if (length < LongestWord)
                    word[length] = letter < 0x80 ? (char)(letter | 0x20) : char.ToLowerInvariant(letter);
                length++;
                continue;
            }
            Count(word, ref length, ref words, hits);
            if (!char.IsWhiteSpace(letter))
                signs++;
        }
        Count(word, ref length, ref words, hits);
        return Judge(scripts, hits[..Codes.Length], words, pieces - signs);
    }

    private static bool IsMark(char letter) => letter is >= '\u0300' and <= '\u036f';

    private static string? Judge(in ScriptCount scripts, ReadOnlySpan<int> hits, int words, int pieces)
    {
        var letters = scripts.Plain + scripts.Accented + scripts.Foreign;
        if (letters == 0)
            return null;
        if (scripts.Foreign > MostForeign * letters)
            return scripts.Language;
        var best = 1;
        for (var i = 2; i < hits.Length; i++)
        {
            if (hits[i] > hits[best])
                best = i;
        }
        var isAccented = scripts.Accented > MostAccented * letters;
        if (2 * hits[best] > 3 * hits[English] && (hits[best] >= 2 || isAccented || words <= 4))
            return Codes[best];
        var isInPieces = words >= 4 && pieces > MostPiecesOfAWord * words;
        return (isAccented || isInPieces) && words > 2 && hits[English] < LeastEnglish * words ? Other : null;
    }

    private static void Count(ReadOnlySpan<char> word, ref int length, ref int words, Span<int> hits)
    {
        var whole = length;
        length = 0;
        if (whole == 0)
            return;
        words++;
        if (whole > LongestWord || !Words.TryGetValue(word[..whole], out var languages))
            return;
        // Single letters are options and variables more often than small words of other languages.
        if (whole == 1)
            languages &= 1;
        for (var i = 0; languages != 0; i++, languages >>= 1)
            hits[i] += (int)(languages & 1);
    }
}
