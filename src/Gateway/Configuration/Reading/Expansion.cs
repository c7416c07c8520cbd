using System.Text;

namespace Gateway.Configuration.Reading;

/// <summary>Puts variables into a value: <c>${NAME}</c> is the variable, <c>$${</c> is <c>${</c>, any other <c>$</c> is itself.</summary>
internal sealed class Expansion(Func<string, string?> environment)
{
    /// <summary>A value that holds a variable, for the schema.</summary>
    public const string Pattern = @"\$\{[A-Za-z_][A-Za-z0-9_]*\}";

    public ExpandedText Expand(string raw)
    {
        if (!raw.Contains("${", StringComparison.Ordinal))
        {
            return new ExpandedText(raw, false, []);
        }

        var text = new StringBuilder();
        var problems = new List<string>();
        var found = false;
        for (var i = 0; i < raw.Length; i++)
        {
            if (IsAt(raw, i, "$${"))
            {
                text.Append("${");
                i += 2;
            }
            else if (IsAt(raw, i, "${"))
            {
                found = true;
                var close = raw.IndexOf('}', i);
                var name = close < 0 ? raw[(i + 2)..] : raw[(i + 2)..close];
                text.Append(close < 0 ? Unclosed(problems) : ValueOf(name, problems));
                i = close < 0 ? raw.Length : close;
            }
            else
            {
                text.Append(raw[i]);
            }
        }

        return new ExpandedText(text.ToString(), found, problems);
    }

    private static bool IsAt(string raw, int index, string word) => string.CompareOrdinal(raw, index, word, 0, word.Length) == 0;

    private static string Unclosed(List<string> problems)
    {
        problems.Add("has ${ without }; write ${NAME} for a variable, or $${ for the two characters");
        return "";
    }

    private string ValueOf(string name, List<string> problems)
    {
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            problems.Add($"names a variable {Quoting.Quote(name)}; a variable has only letters, digits and _, and no default value");
            return "";
        }

        var value = environment(name);
        if (value is null)
        {
            problems.Add($"names the environment variable {name}, which is not set; set it, or write $${{ for the two characters");
        }

        return value ?? "";
    }
}

/// <summary>A value with its variables filled in.</summary>
/// <param name="Text">The value to read.</param>
/// <param name="HasVariables">It came in part from the environment, so that messages quote what the file says instead.</param>
/// <param name="Problems">What is wrong, phrased to follow the quoted text.</param>
internal readonly record struct ExpandedText(string Text, bool HasVariables, IReadOnlyList<string> Problems);
