using System.Text.RegularExpressions;

namespace Gateway.Conventions.Tests.Texts;

/// <summary>What no file of the repository may say. Each scan returns the offenders.</summary>
public static partial class TextScan
{
    private const string RegistryPattern =
        @"\b(npmjs\.(org|com)|registry\.yarnpkg\.com|nuget\.org|pypi\.org|pythonhosted\.org|crates\.io"
        + @"|deb\.debian\.org|archive\.ubuntu\.com|proxy\.golang\.org)\b";

    /// <summary>Hosts of package registries: where packages come from is the machine's own setting.</summary>
    public static IEnumerable<string> RegistryHosts(string path, string text) => Matches(path, text, Hosts());

    /// <summary>Absolute paths that exist on one machine only.</summary>
    public static IEnumerable<string> MachinePaths(string path, string text) => Matches(path, text, Folders());

    /// <summary>Lines of a banned-symbols file without a reason a reader can act on.</summary>
    public static IEnumerable<string> BansWithoutReason(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith("//", StringComparison.Ordinal) && !Ban().IsMatch(line));

    /// <summary>A script stops at its first failure and can be run.</summary>
    public static IEnumerable<string> LaxScript(string path, string text, bool executable)
    {
        if (!text.StartsWith("#!", StringComparison.Ordinal) || !text.Split('\n')[0].Contains("bash", StringComparison.Ordinal))
            yield break;
        if (!text.Contains("\nset -euo pipefail\n", StringComparison.Ordinal))
            yield return $"{path}: no set -euo pipefail";
        if (!executable)
            yield return $"{path}: not executable";
    }

    private static IEnumerable<string> Matches(string path, string text, Regex pattern) =>
        text.Split('\n').SelectMany((line, index) => pattern.Matches(line).Select(match => $"{path}:{index + 1}: {match.Value}"));

    [GeneratedRegex(RegistryPattern, RegexOptions.IgnoreCase)]
    private static partial Regex Hosts();

    [GeneratedRegex(@"(?<![\w.~-])/(work|root|home/[a-z]\w*)/")]
    private static partial Regex Folders();

    [GeneratedRegex(@"^[NTMPFE]:[^;\s]+;\s*\S.{11,}$")]
    private static partial Regex Ban();
}
