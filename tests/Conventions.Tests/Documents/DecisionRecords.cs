using System.Text.RegularExpressions;

namespace Gateway.Conventions.Tests.Documents;

/// <summary>What a decision record looks like. Each scan returns the offenders.</summary>
public static partial class DecisionRecords
{
    private static readonly string[] Sections = ["Context", "Decision", "Consequences"];

    /// <summary>Records are NNNN-some-words.md, numbered from 0001 without gap or double.</summary>
    public static IEnumerable<string> Misnumbered(IEnumerable<string> paths)
    {
        var expected = 1;
        foreach (var name in paths.Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal))
        {
            if (!FileName().IsMatch(name) || !name.StartsWith($"{expected:0000}-", StringComparison.Ordinal))
                yield return $"{name}: expected {expected:0000}-some-words.md";
            expected++;
        }
    }

    /// <summary>A record has a title with its number, the three sections in order, something in each, and one page.</summary>
    public static IEnumerable<string> Malformed(MarkdownDocument record, int lines)
    {
        var number = int.Parse(Path.GetFileName(record.Path)[..4]);
        if (!record.Text.StartsWith($"# {number}. ", StringComparison.Ordinal))
            yield return $"{record.Path}: its title does not begin with '# {number}. '";
        if (!record.Headings(2).SequenceEqual(Sections))
            yield return $"{record.Path}: its sections are {string.Join(", ", record.Headings(2))}, expected {string.Join(", ", Sections)}";
        foreach (var empty in Sections.Where(section => string.IsNullOrWhiteSpace(record.Section(section))))
            yield return $"{record.Path}: nothing under {empty}";
        if (record.Text.Split('\n').Length > lines)
            yield return $"{record.Path}: longer than {lines} lines";
    }

    [GeneratedRegex(@"^\d{4}(-[a-z0-9]+)+\.md$")]
    private static partial Regex FileName();
}
