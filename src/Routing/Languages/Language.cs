using System.Buffers;
using System.Text;

namespace Gateway.Routing.Languages;

/// <summary>Guesses the language of a text from its scripts and, for Latin letters, from the commonest words.</summary>
/// <remarks>Cheap and coarse: eight languages, the first kilobyte, no model. What is short or mixed has none.</remarks>
public static class Language
{
    /// <summary>Enough to tell; more would cost a long prompt more than the answer is worth.</summary>
    private const int MostBytes = 1024;

    /// <summary>What nobody can tell.</summary>
    public const string Unknown = "";

    /// <param name="text">UTF-8.</param>
    /// <returns><c>en ko zh es de fr ru ja</c>, or <see cref="Unknown"/>.</returns>
    public static string Of(ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, MostBytes)];
        var (counts, words) = (new ScriptCounts(), new WordVotes());
        Span<char> word = stackalloc char[WordVotes.LongestWord];
        var length = 0;
        while (!text.IsEmpty)
        {
            var isWhole = Rune.DecodeFromUtf8(text, out var rune, out var size) == OperationStatus.Done;
            text = text[size..];
            if (isWhole)
                counts.Add(rune.Value);
            if (isWhole && rune.IsBmp && Rune.IsLetter(rune))
            {
                if (length < word.Length)
                    word[length] = char.ToLowerInvariant((char)rune.Value);
                length++;
                continue;
            }

            words.Add(word, length);
            length = 0;
        }

        words.Add(word, length);
        return counts.Language ?? words.Winner;
    }
}
