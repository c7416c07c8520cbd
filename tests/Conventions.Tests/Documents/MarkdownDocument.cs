using System.Text.RegularExpressions;

namespace Gateway.Conventions.Tests.Documents;

/// <summary>A Markdown file: its sections, tables and the code spans in its prose.</summary>
public sealed partial record MarkdownDocument(string Path, string Text)
{
    public static MarkdownDocument Load(string path) => new(path, Repository.Text(path));

    /// <summary>The text without fenced blocks.</summary>
    public string Prose => Fence().Replace(Text, "");

    /// <summary>What stands between backticks in the prose.</summary>
    public IEnumerable<string> CodeSpans => Spans(Prose);

    /// <summary>Targets of links to files, relative to the document's folder, without anchors.</summary>
    public IEnumerable<string> LocalLinks =>
        Link().Matches(Prose).Select(match => match.Groups[1].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains(':', StringComparison.Ordinal));

    /// <summary>Titles of the sections of that depth.</summary>
    public IEnumerable<string> Headings(int depth) =>
        Prose.Split('\n').Where(line => line.StartsWith(new string('#', depth) + " ", StringComparison.Ordinal))
            .Select(line => line[(depth + 1)..].Trim());

    /// <summary>The section under that second-level heading, up to the next one; empty when there is none.</summary>
    public string Section(string heading)
    {
        var lines = Text.Split('\n').SkipWhile(line => line.TrimEnd() != "## " + heading).Skip(1);
        return string.Join('\n', lines.TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)));
    }

    /// <summary>Cells of the first table in <paramref name="section"/>, row by row, the header first and the ruler left out.</summary>
    public static IReadOnlyList<string[]> Table(string section)
    {
        var rows = section.Split('\n').SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|'));
        return [.. rows.Where((_, index) => index != 1).Select(line => line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries))];
    }

    public static IEnumerable<string> Spans(string prose) => Code().Matches(prose).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"^(```|~~~)[\s\S]*?^\1[^\n]*$", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
