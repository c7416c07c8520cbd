using Gateway.Caching.Semantic.Comparison;

namespace Gateway.Bench.Embedding.Commands;

/// <summary>Compares pairs of asks from a file and says what differs.</summary>
public sealed class CompareCommand : IEmbeddingCommand
{
    public string Usage => "FILE [--all|--passed|--differing]  lines of kind, ask and other, with tabs between: how many of each kind differ";

    public int Run(string[] args, TextWriter output)
    {
        if (args.Length == 0)
            throw new FormatException("compare needs a file.");
        var shown = args.Length > 1 ? args[1] : "";
        var counts = new SortedDictionary<string, (int All, int Same)>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(args[0]))
        {
            if (line.StartsWith('#') || line.Split('\t') is not [var kind, var ask, var other, ..])
                continue;
            var difference = AskComparison.Find(ask, other);
            var (all, same) = counts.GetValueOrDefault(kind);
            counts[kind] = (all + 1, same + (difference is null ? 1 : 0));
            if (shown == "--all" || shown == (difference is null ? "--passed" : "--differing"))
                output.WriteLine($"{difference?.ToString() ?? "-",-12} {kind,-12} {ask} | {other}");
        }
        foreach (var (kind, (all, same)) in counts)
            output.WriteLine($"{kind,-14} {same,6} of {all,6} pass  {100.0 * same / all,5:0.0} %");
        output.WriteLine($"{"all",-14} {counts.Values.Sum(count => count.Same),6} of {counts.Values.Sum(count => count.All),6} pass");
        return 0;
    }
}
