using YamlDotNet.Core;

namespace Gateway.Configuration.Reading;

/// <summary>What the YAML parser could not read, with a hint where its words alone would leave one guessing.</summary>
internal static class SyntaxFault
{
    public static ConfigError Explain(string text, YamlException fault)
    {
        var line = Math.Max(1, (int)fault.Start.Line);
        var column = Math.Max(1, (int)fault.Start.Column);
        var lines = text.Split('\n');
        if (fault.Message.Contains("tab", StringComparison.Ordinal) && FindTab(lines, line) is { } tab)
        {
            return new ConfigError(tab.Line, tab.Column, "", "a tab indents this line; YAML is indented with spaces only");
        }

        var hint = line <= lines.Length && lines[line - 1].Contains("${", StringComparison.Ordinal)
            ? "; inside { } or [ ] a variable is written in quotes: \"${NAME}\""
            : "";
        return new ConfigError(line, column, "", $"not valid YAML: {fault.Message.TrimEnd('.')}{hint}");
    }

    /// <summary>The first line, from the one that the parser names, that has a tab in its indentation.</summary>
    private static ConfigMark? FindTab(string[] lines, int from)
    {
        for (var line = from; line <= lines.Length; line++)
        {
            var content = lines[line - 1];
            var indent = content.Length - content.TrimStart(' ', '\t').Length;
            var tab = content.IndexOf('\t', 0, indent);
            if (tab >= 0)
            {
                return new ConfigMark(line, tab + 1);
            }
        }

        return null;
    }
}
