using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Routing.Rules.Cel.Functions;

/// <summary>Patterns in RE2's syntax as regular expressions that match in linear time.</summary>
/// <remarks>
/// Rewritten where the two dialects differ: named groups <c>(?P&lt;n&gt;…)</c>; <c>\d \w \s</c>, which are ASCII in RE2; <c>$</c>, which in RE2
/// is the very end; <c>\pL</c> without braces; <c>\Q…\E</c>. Different still: a character beyond the first plane counts as two.
/// </remarks>
internal static class Re2Pattern
{
    /// <returns>The expression, or what is wrong with the pattern.</returns>
    public static (Regex? Pattern, string? Fault) Compile(string pattern)
    {
        try
        {
            return (new Regex(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant), null);
        }
        catch (ArgumentException e)
        {
            return (null, e.Message);
        }
        catch (NotSupportedException e)
        {
            return (null, e.Message);
        }
    }

    private static string Translate(string pattern)
    {
        var written = new StringBuilder(pattern.Length + 16);
        var (isInClass, isMultiline) = (false, pattern.StartsWith("(?", StringComparison.Ordinal) && pattern.AsSpan(0, pattern.IndexOf(')') + 1).Contains('m'));
        for (var i = 0; i < pattern.Length; i++)
        {
            var letter = pattern[i];
            if (letter == '\\' && i + 1 < pattern.Length)
            {
                i += Escape(pattern, i, isInClass, written);
                continue;
            }

            var isPosix = isInClass && letter == '[' && pattern.AsSpan(i).StartsWith("[:");
            isInClass = letter == '[' || isInClass && letter != ']';
            if (isPosix)
                throw new NotSupportedException("Classes such as [[:alpha:]] are not supported: write the range.");
            if (letter == '(' && pattern.AsSpan(i).StartsWith("(?P<"))
            {
                written.Append("(?");
                i += 2;
            }
            else
                written.Append(letter == '$' && !isInClass && !isMultiline ? @"\z" : letter.ToString());
        }

        return written.ToString();
    }

    /// <returns>How many characters beyond the backslash were read.</returns>
    private static int Escape(string pattern, int at, bool isInClass, StringBuilder written)
    {
        var letter = pattern[at + 1];
        if (letter == 'Q')
        {
            var end = pattern.IndexOf(@"\E", at, StringComparison.Ordinal);
            var literal = pattern[(at + 2)..(end < 0 ? pattern.Length : end)];
            written.Append(Regex.Escape(literal));
            return literal.Length + 1 + (end < 0 ? 0 : 2);
        }

        if (letter is 'p' or 'P' && at + 2 < pattern.Length && char.IsAsciiLetter(pattern[at + 2]))
        {
            written.Append('\\').Append(letter).Append('{').Append(pattern[at + 2]).Append('}');
            return 2;
        }

        written.Append((letter, isInClass) switch
        {
            ('d', false) => "[0-9]",
            ('d', true) => "0-9",
            ('D', false) => "[^0-9]",
            ('w', false) => "[0-9A-Za-z_]",
            ('w', true) => "0-9A-Za-z_",
            ('W', false) => "[^0-9A-Za-z_]",
            ('s', false) => @"[\t\n\f\r ]",
            ('s', true) => @"\t\n\f\r ",
            ('S', false) => @"[^\t\n\f\r ]",
            _ => pattern.Substring(at, 2),
        });
        return 1;
    }
}
