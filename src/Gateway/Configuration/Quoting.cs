using System.Text;

namespace Gateway.Configuration;

/// <summary>Values of the file as messages show them.</summary>
internal static class Quoting
{
    /// <summary>Longest value that a message shows in full, in characters; enough for any address or name.</summary>
    private const int Longest = 120;

    /// <summary>The value in double quotes, on one line, shortened when it is long.</summary>
    public static string Quote(string value) =>
        value.Length <= Longest ? $"\"{Escape(value)}\"" : $"\"{Escape(value[..Longest])}…\"";

    /// <summary>The names in their order, separated by commas; <c>none</c> when there are none.</summary>
    public static string List(IEnumerable<string> names)
    {
        var text = string.Join(", ", names.Select(name => name.Contains(' ') ? Quote(name) : Escape(name)));
        return text.Length == 0 ? "none" : text;
    }

    /// <summary>Without line breaks, double quotes and other characters that would break a line of text or a path.</summary>
    public static string Escape(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            _ = c switch
            {
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '"' => text.Append("''"),
                _ when char.IsControl(c) => text.Append($"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        return text.ToString();
    }
}
