using System.Diagnostics;
using System.Text;
using Gateway.Bench.Guardrails.Leaks;
using Gateway.Bench.Load.Commands;
using Gateway.Bench.Load.Report;
using Gateway.Guardrails;
using Gateway.Guardrails.Secrets;

namespace Gateway.Bench.Guardrails.Commands;

/// <summary>Judges the secrets guard: what it finds of generated secrets, and how often it raises a false alarm on source trees.</summary>
public sealed class SecretsCommand : IBenchCommand
{
    private readonly SecretsGuard _guard = new(new SecretsSettings());

    public string Usage => "[FOLDER ...] [--alarms N] [--pairs FOLDER]   recall and precision on generated secrets, time, and alarms on the text files of source trees, N of each shown by their shape";

    public async Task<int> RunAsync(Arguments arguments, TextWriter output)
    {
        if (arguments.One("--pairs") is { } folder)
        {
            await output.WriteLineAsync(LetterPairs.Describe(folder));
            return 0;
        }

        await output.WriteLineAsync($"{Machine.Describe(TimeProvider.System)}\n");
        await output.WriteLineAsync(Generated());
        await output.WriteLineAsync(Times());
        var shown = arguments.Number("--alarms", 0);
        List<SourceTree> trees = [];
        for (var i = 0; arguments.Places > i; i++)
            trees.Add(SourceTree.Inspect(arguments.Place(i, "a folder"), _guard));
        await output.WriteLineAsync(MarkdownTable.Render(
            ["tree", "files", "MB", "alarms", "alarms a MB", "MB/s", "kinds"],
            [.. trees.Select(tree => new[]
            {
                tree.Name, $"{tree.Files:n0}", $"{tree.Megabytes:0.0}", $"{tree.Alarms.Count}", $"{tree.Alarms.Count / tree.Megabytes:0.000}", $"{tree.Megabytes / tree.Took.TotalSeconds:0}",
                string.Join(", ", tree.Alarms.GroupBy(alarm => alarm.Kind).OrderByDescending(kind => kind.Count()).Select(kind => $"{kind.Key} {kind.Count()}")),
            })]));
        foreach (var alarm in trees.SelectMany(tree => tree.Alarms.Take(shown)))
            await output.WriteLineAsync($"{alarm.Kind,-22} {alarm.Shape,-28} behind {alarm.Before,-34} {alarm.Place}");
        return 0;
    }

    private string Generated()
    {
        var rows = new SortedDictionary<string, (int Made, int Found, int Partly)>(StringComparer.Ordinal);
        var (strays, stray) = (0, new Findings());
        foreach (var made in GeneratedSecrets.All(200))
        {
            stray.Clear();
            _guard.Inspect(made.Text, new Passage(TextSource.User), stray);
            var (whole, partly) = (false, false);
            foreach (var finding in stray.All)
            {
                var overlaps = finding.Start < made.Start + made.Length && finding.End > made.Start;
                whole |= finding.Start <= made.Start && finding.End >= made.Start + made.Length;
                partly |= overlaps;
                if (!overlaps)
                    strays++;
            }

            var row = rows.GetValueOrDefault(made.Kind);
            rows[made.Kind] = (row.Made + 1, row.Found + (whole ? 1 : 0), row.Partly + (partly && !whole ? 1 : 0));
        }

        var (all, found, cut) = (rows.Values.Sum(row => row.Made), rows.Values.Sum(row => row.Found), rows.Values.Sum(row => row.Partly));
        return MarkdownTable.Render(
            ["kind", "made", "found whole", "in part", "recall"],
            [.. rows.Select(row => new[] { row.Key, $"{row.Value.Made}", $"{row.Value.Found}", $"{row.Value.Partly}", $"{100.0 * row.Value.Found / row.Value.Made:0.0} %" })])
            + $"\nTogether {all} secrets, recall {100.0 * found / all:0.0} %, precision {100.0 * (found + cut) / (found + cut + strays):0.0} % ({strays} findings elsewhere in the surroundings).\n";
    }

    private string Times()
    {
        var prose = Encoding.UTF8.GetBytes(string.Concat(Directory.EnumerateFiles(".", "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText)));
        var code = Encoding.UTF8.GetBytes(string.Concat(Directory.EnumerateFiles("src/Routing", "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText)));
        List<string[]> rows = [];
        foreach (var (name, text) in new[] { ("prose", prose), ("code", code) })
        {
            foreach (var size in new[] { 2048, 400 * 1024 })
                rows.Add([name, $"{size / 1024} KB", $"{Time(Repeated(text, size), new Passage(TextSource.User)):0.00}"]);
            rows.Add([name, "300 bytes of context and 5 new", $"{Time(text[1000..1305], new Passage(TextSource.Assistant, Before: 1000, Context: 300, IsEnd: false)):0.000}"]);
        }

        return MarkdownTable.Render(["text", "size", "microseconds, best of 50 parts"], rows);
    }

    private static byte[] Repeated(byte[] text, int size)
    {
        var repeated = new byte[size];
        for (var at = 0; at < size; at += text.Length)
            text.AsSpan(0, Math.Min(text.Length, size - at)).CopyTo(repeated.AsSpan(at));
        return repeated;
    }

    private double Time(byte[] text, Passage passage)
    {
        var (found, best) = (new Findings(), double.MaxValue);
        for (var part = 0; part < 50; part++)
        {
            var (runs, since) = (0, Stopwatch.GetTimestamp());
            while (Stopwatch.GetElapsedTime(since).TotalMilliseconds < 20)
            {
                found.Clear();
                _guard.Inspect(text, passage, found);
                runs++;
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(since).TotalMicroseconds / runs);
        }

        return best;
    }
}
