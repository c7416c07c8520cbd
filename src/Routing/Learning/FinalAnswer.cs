using System.Globalization;

namespace Gateway.Routing.Learning;

/// <summary>Finds what an answer comes to in the end: a choice among options, or a number.</summary>
internal static class FinalAnswer
{
    private static readonly string[] Announcements = ["answer is", "answer:", "answer :", "\\boxed{", "####", "정답은", "답은", "答案是", "答案："];

    /// <summary>The letter of a choice, A to J; null when the answer names none plainly.</summary>
    public static char? ChoiceIn(string text)
    {
        var rest = AfterAnnouncement(text);
        if (rest.IsEmpty && text.Length <= 4)
            rest = text;
        rest = rest.TrimStart(" \t\n*_($:{[");
        if (rest.IsEmpty || char.ToUpperInvariant(rest[0]) is not (>= 'A' and <= 'J'))
            return null;
        // A lower-case or unmarked letter before more text is a word such as "a", not a choice.
        return rest.Length == 1 || (char.IsUpper(rest[0]) && !char.IsLetterOrDigit(rest[1]) && rest[1] != '\'' && !(rest[1] == ' ' && rest.Length > 2 && char.IsLower(rest[2])))
            ? char.ToUpperInvariant(rest[0])
            : null;
    }

    /// <summary>The number that is announced as the answer, or that is all of it; null when there is no such number.</summary>
    public static decimal? NumberIn(string text)
    {
        var rest = AfterAnnouncement(text);
        var isAnnounced = !rest.IsEmpty;
        rest = (isAnnounced ? rest : text).TrimStart(" \t\n*_(:={[$€£");
        var length = 0;
        while (length < rest.Length && (char.IsAsciiDigit(rest[length]) || rest[length] is '.' or ',' || (length == 0 && rest[length] is '-' or '+')))
            length++;
        if (length == 0 || (!isAnnounced && rest[length..].TrimEnd(" .%)*").Length > 0))
            return null;
        Span<char> digits = stackalloc char[length];
        var kept = 0;
        foreach (var letter in rest[..length].TrimEnd(".,"))
        {
            if (letter != ',')
                digits[kept++] = letter;
        }

        return kept <= 28 && decimal.TryParse(digits[..kept], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>What follows the last announcement; empty when nothing is announced.</summary>
    private static ReadOnlySpan<char> AfterAnnouncement(string text)
    {
        var end = -1;
        foreach (var announcement in Announcements)
        {
            if (text.LastIndexOf(announcement, StringComparison.OrdinalIgnoreCase) is var at and >= 0)
                end = Math.Max(end, at + announcement.Length);
        }

        return end < 0 ? [] : text.AsSpan(end);
    }
}
