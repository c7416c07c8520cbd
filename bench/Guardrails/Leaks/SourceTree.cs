using System.Diagnostics;
using System.Text;
using Gateway.Guardrails;

namespace Gateway.Bench.Guardrails.Leaks;

/// <summary>What the guard says of the text files of a folder.</summary>
public sealed class SourceTree
{
    // Larger files are data or bundles of which one would outweigh a tree.
    private const long MostBytes = 4 << 20;

    private SourceTree(string name) => Name = name;

    public string Name { get; }

    public int Files { get; private set; }

    public double Megabytes { get; private set; }

    public TimeSpan Took { get; private set; }

    public List<Alarm> Alarms { get; } = [];

    public static SourceTree Inspect(string folder, IGuard guard)
    {
        var tree = new SourceTree(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))));
        var found = new Findings();
        foreach (var file in Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            if (IsLeftOut(file) || new FileInfo(file).Length > MostBytes)
                continue;
            var text = File.ReadAllBytes(file);
            if (text.AsSpan(0, Math.Min(text.Length, 8192)).Contains((byte)0))
                continue;
            tree.Files++;
            tree.Megabytes += text.Length / 1e6;
            found.Clear();
            var since = Stopwatch.GetTimestamp();
            guard.Inspect(text, new Passage(TextSource.User), found);
            tree.Took += Stopwatch.GetElapsedTime(since);
            foreach (var finding in found.All)
                tree.Alarms.Add(Alarm.Of(finding, text, Path.GetRelativePath(folder, file)));
        }

        return tree;
    }

    private static bool IsLeftOut(string file) =>
        file.Contains("/.git/", StringComparison.Ordinal) || file.Contains("/obj/", StringComparison.Ordinal) || file.Contains("/bin/", StringComparison.Ordinal);
}

/// <summary>A finding as it can be judged by hand, without the secret.</summary>
/// <param name="Kind">Its label.</param>
/// <param name="Shape">The first bytes with letters as a and A and digits as 0, and the length.</param>
/// <param name="Before">What stands before it.</param>
/// <param name="Place">File and line.</param>
public sealed record Alarm(string Kind, string Shape, string Before, string Place)
{
    public static Alarm Of(Finding finding, ReadOnlySpan<byte> text, string file)
    {
        var first = text.Slice(finding.Start, Math.Min(16, finding.Length / 2)).ToArray();
        for (var i = 2; i < first.Length; i++)
            first[i] = first[i] switch { >= (byte)'a' and <= (byte)'z' => (byte)'a', >= (byte)'A' and <= (byte)'Z' => (byte)'A', >= (byte)'0' and <= (byte)'9' => (byte)'0', var other => other };
        var before = text[Math.Max(0, finding.Start - 30)..finding.Start];
        var line = text[..finding.Start].Count((byte)'\n') + 1;
        return new Alarm(finding.Label, $"{OneLine(first)} ({finding.Length})", OneLine(before), $"{file}:{line}");
    }

    private static string OneLine(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text).Replace('\n', ' ').Replace('\r', ' ').Replace('\t', ' ');
}
