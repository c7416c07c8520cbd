using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Guardrails.Content.Schemas;

/// <summary>
/// Expressions of <c>pattern</c> and <c>patternProperties</c>, which are JavaScript's (ECMA-262), for an engine that takes linear time. What needs backtracking,
/// as looking around and references back, is refused.
/// </summary>
internal static class SchemaPattern
{
    /// <exception cref="FormatException">It is no expression, or one that cannot be matched in linear time.</exception>
    public static Regex Read(string pattern)
    {
        try
        {
            return new Regex(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            throw new FormatException($"pattern {pattern} cannot be matched in linear time: {wrong.Message}", wrong);
        }
    }

    /// <summary>In JavaScript digits and word characters are those of ASCII, and the end is the end, also behind a line break.</summary>
    private static string Translate(string pattern)
    {
        var text = new StringBuilder(pattern.Length + 16);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var sign = pattern[i];
            if (sign == '\\' && i + 1 < pattern.Length)
                text.Append(Escaped(pattern[++i], inClass));
            else if (sign == '$' && !inClass)
                text.Append("\\z");
            else
                text.Append(sign);
            inClass = sign == '[' || (inClass && sign != ']');
        }

        return text.ToString();
    }

    private static string Escaped(char sign, bool inClass) => sign switch
    {
        'd' => inClass ? "0-9" : "[0-9]",
        'w' => inClass ? "A-Za-z0-9_" : "[A-Za-z0-9_]",
        'D' when !inClass => "[^0-9]",
        'W' when !inClass => "[^A-Za-z0-9_]",
        'D' or 'W' => throw new FormatException($"\\{sign} within brackets is not known"),
        '/' => "/",
        _ => $"\\{sign}",
    };
}
