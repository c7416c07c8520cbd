using System.Buffers;

namespace Gateway.Caching.Semantic;

/// <summary>Signs that a text holds code.</summary>
internal static class CodeSigns
{
    private static readonly SearchValues<string> Signs = SearchValues.Create(
        ["`", "();", "=>", "->", "==", "!=", "&&", "||", "::", "</", "/>", "${", "{{", "#include", "def ", "class ", "function(", "SELECT ", "select * ", "import ", "SQL", "regex"],
        StringComparison.Ordinal);

    /// <summary>Whether any is in it, or a name in <c>snake_case</c>, <c>camelCase</c> or with a call's brackets.</summary>
    public static bool In(ReadOnlySpan<char> text)
    {
        if (text.ContainsAny(Signs))
            return true;
        for (var i = 1; i + 1 < text.Length; i++)
        {
            var (before, here, after) = (text[i - 1], text[i], text[i + 1]);
            if (here == '_' && char.IsAsciiLetterOrDigit(before) && char.IsAsciiLetterOrDigit(after))
                return true;
            if (here == '(' && after == ')' && char.IsAsciiLetterOrDigit(before))
                return true;
            if (char.IsAsciiLetterLower(before) && char.IsAsciiLetterUpper(here) && char.IsAsciiLetterLower(after) && !StartsTheWord(text, i - 1))
                return true;
        }

        return false;
    }

    /// <summary>One small letter before a capital is a product ("iPhone") and not a name of code.</summary>
    private static bool StartsTheWord(ReadOnlySpan<char> text, int at) => at == 0 || !char.IsAsciiLetter(text[at - 1]);
}
