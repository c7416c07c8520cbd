using System.Text.RegularExpressions;

namespace Gateway.Conventions.Tests.Documents;

/// <summary>Names, paths and targets in a document that nothing bears. Each scan returns the offenders.</summary>
public static partial class DocumentNames
{
    /// <summary>PascalCase code spans that name no type, member, file, folder or package.</summary>
    public static IEnumerable<string> UnknownTypes(MarkdownDocument document, KnownNames known) =>
        document.CodeSpans.Where(span => Pascal().IsMatch(span)).Select(span => span.TrimEnd('(', ')')).Distinct()
            .Where(name => !known.Contains(name))
            .Select(name => $"{document.Path}: `{name}`");

    /// <summary>File names of ours, and paths beneath our folders, that are not there; patterns are passed over.</summary>
    public static IEnumerable<string> MissingPaths(MarkdownDocument document, Func<string, bool> exists, IReadOnlySet<string> names)
    {
        foreach (var path in Paths().Matches(document.Text).Select(match => match.Value.TrimEnd('.', '/')).Distinct())
        {
            if (!path.Contains("NNNN", StringComparison.Ordinal) && !path.Contains('*', StringComparison.Ordinal) && !exists(path))
                yield return $"{document.Path}: {path}";
        }
        foreach (var file in document.CodeSpans.Where(span => FileNames().IsMatch(span) && !names.Contains(span)).Distinct())
            yield return $"{document.Path}: `{file}`";
    }

    /// <summary>Links to files that are not there.</summary>
    public static IEnumerable<string> DeadLinks(MarkdownDocument document, Func<string, bool> exists)
    {
        foreach (var link in document.LocalLinks.Distinct())
        {
            var target = Path.GetRelativePath(".", Path.Combine(Path.GetDirectoryName(document.Path) ?? "", link)).Replace('\\', '/');
            if (!exists(target))
                yield return $"{document.Path}: {link}";
        }
    }

    /// <summary><c>make</c> targets that the Makefile lacks, in code spans and at the start of a line of a fenced block.</summary>
    public static IEnumerable<string> UnknownTargets(MarkdownDocument document, string makefile) =>
        Makes().Matches(document.Text).Select(match => match.Groups[1].Value).Distinct()
            .Where(target => !Regex.IsMatch(makefile, $"^{Regex.Escape(target)}:", RegexOptions.Multiline))
            .Select(target => $"{document.Path}: make {target}");

    [GeneratedRegex(@"^(?=.*[a-z])[A-Z][A-Za-z0-9]*(\.[A-Z][A-Za-z0-9]*)*(\(\))?$")]
    private static partial Regex Pascal();

    [GeneratedRegex(@"(?<![\w./-])(src|tests|bench|docs|\.ci)/[\w./*-]*")]
    private static partial Regex Paths();

    [GeneratedRegex(@"^[A-Za-z][\w.-]*\.(cs|csproj|props|md|sln|editorconfig)$")]
    private static partial Regex FileNames();

    [GeneratedRegex(@"(?:`|^)make ([a-z][\w-]*)", RegexOptions.Multiline)]
    private static partial Regex Makes();
}
