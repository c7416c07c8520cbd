using System.Text.Json;

namespace Gateway.Routing.Learning;

/// <summary>How far two answers to one prompt say the same, in [0, 1].</summary>
/// <remarks>
/// The strictest comparison that applies to both decides: JSON documents as documents; a named choice or a final number as itself;
/// anything else by the words they share (F1 of the two sets of words). Texts that say the same in other words score low, so a
/// disagreement is evidence and not proof; a judge pool knows better.
/// </remarks>
public static class Agreement
{
    /// <summary>Longest answer compared, in characters; beyond it only the beginning is.</summary>
    private const int Longest = 64 * 1024;

    public static double Of(string one, string other)
    {
        (one, other) = (Trim(one), Trim(other));
        if (string.Equals(one, other, StringComparison.Ordinal))
            return 1;
        if (CompareDocuments(one, other) is { } documents)
            return documents;
        if (FinalAnswer.ChoiceIn(one) is { } choice && FinalAnswer.ChoiceIn(other) is { } otherChoice)
            return choice == otherChoice ? 1 : 0;
        if (FinalAnswer.NumberIn(one) is { } number && FinalAnswer.NumberIn(other) is { } otherNumber)
            return number == otherNumber ? 1 : 0;
        return SharedWords(one, other);
    }

    private static string Trim(string text) => (text.Length > Longest ? text[..Longest] : text).Trim();

    private static double? CompareDocuments(string one, string other)
    {
        using var first = Parse(one);
        using var second = Parse(other);
        if (first is null || second is null)
            return null;
        return JsonElement.DeepEquals(first.RootElement, second.RootElement) ? 1 : 0;
    }

    /// <summary>The text as a JSON object or array, fenced or not; null when it is none.</summary>
    private static JsonDocument? Parse(string text)
    {
        if (text.StartsWith("```", StringComparison.Ordinal) && text.EndsWith("```", StringComparison.Ordinal) && text.IndexOf('\n') is var line and > 0)
            text = text[line..^3].Trim();
        if (text.Length < 2 || text[0] is not ('{' or '['))
            return null;
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // The second for text that is cut inside a character, which no UTF-8 can be made of.
            return null;
        }
    }

    private static double SharedWords(string one, string other)
    {
        var (first, second) = (WordsOf(one), WordsOf(other));
        if (first.Count + second.Count == 0)
            return 1;
        var shared = first.Count(second.Contains);
        return 2.0 * shared / (first.Count + second.Count);
    }

    private static HashSet<string> WordsOf(string text)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inWord = i < text.Length && char.IsLetterOrDigit(text[i]);
            if (inWord && start < 0)
                start = i;
            // Scripts without spaces are compared letter by letter.
            if (start >= 0 && (!inWord || text[start] >= '\u2E80'))
            {
                words.Add(text[start..(inWord ? i + 1 : i)]);
                start = -1;
            }
        }

        return words;
    }
}
