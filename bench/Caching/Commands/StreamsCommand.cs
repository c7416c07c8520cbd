using Gateway.Bench.Caching.Streams;
using Gateway.Bench.Load.Commands;
using Gateway.Caching.Semantic;
using Gateway.Caching.Semantic.Bounds;

namespace Gateway.Bench.Caching.Commands;

/// <summary>Drawn streams, many seeds each: what the learned bar lets through.</summary>
public sealed class StreamsCommand : IBenchCommand
{
    private const int Asks = 20_000;

    private static readonly (string Name, (int Asks, Func<float, double> RightAt)[] Parts)[] Streams =
    [
        ("steep, middle 0.75", [(Asks, Curve(60, 0.75))]),
        ("steep, middle 0.88", [(Asks, Curve(60, 0.88))]),
        ("steep, middle 0.93", [(Asks, Curve(60, 0.93))]),
        ("flat curve, middle 0.80", [(Asks, Curve(15, 0.80))]),
        ("5 % wrong everywhere", [(Asks, _ => 0.95)]),
        ("20 % wrong everywhere", [(Asks, _ => 0.80)]),
        ("half wrong above 0.95, none below", [(Asks, similarity => similarity > 0.95 ? 0.5 : 1)]),
        ("30 % wrong under 0.90, 3 % above", [(Asks, similarity => similarity < 0.9 ? 0.7 : 0.97)]),
        ("good, then bad (middle 0.75, then 0.95)", [(Asks, Curve(60, 0.75)), (Asks / 2, Curve(60, 0.95))]),
        ("good, then all at once half wrong", [(Asks, Curve(60, 0.75)), (Asks / 2, _ => 0.5)]),
        ("drifts from 0.75 to 0.94", [.. Enumerable.Range(0, 20).Select(step => (Asks / 20, Curve(60, 0.75 + (step * 0.01))))]),
        ("good and bad by turns", [.. Enumerable.Range(0, 8).Select(turn => (Asks / 4, Curve(60, turn % 2 == 0 ? 0.75 : 0.95)))]),
    ];

    public string Usage => "[--seeds 40] [--proofs 0]   drawn streams: wrong hits, and the most that any part of a stream had over 1 % of its hits";

    public Task<int> RunAsync(Arguments arguments, TextWriter output)
    {
        var (seeds, proofs) = (arguments.Number("--seeds", 40), arguments.Number("--proofs", 0));
        var settings = new SemanticSettings { Bound = new BoundSettings { Proofs = proofs } };
        output.WriteLine($"{seeds} seeds, {proofs} proofs, {Machine.Describe()}\n");
        output.WriteLine("| stream | asks | hits | wrong of hits | dearest seed: wrong over 1 % in any part | hits checked | bar at the end (median) |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (name, parts) in Streams)
        {
            var runs = Enumerable.Range(0, seeds).Select(seed => Run(parts, settings, seed)).ToArray();
            var (hits, wrong) = (runs.Sum(run => run.Hits), runs.Sum(run => run.FalseHits));
            var bar = runs.Select(run => run.Bar).Order().ElementAt(seeds / 2);
            output.WriteLine(
                $"| {name} | {runs[0].Asks} | {hits / seeds} | {(hits == 0 ? 0 : wrong / (double)hits):0.00%} | {runs.Max(run => run.MostAhead):0} "
                + $"| {(hits == 0 ? 0 : runs.Sum(run => run.CheckedHits) / (double)hits):0%} | {(bar > 1 ? "closed" : $"{bar:0.00}")} |");
        }

        return Task.FromResult(0);
    }

    private static DrawnAsks Run((int Asks, Func<float, double> RightAt)[] parts, SemanticSettings settings, int seed)
    {
        var stream = new DrawnAsks(new LearnedBars(settings, TimeProvider.System, new Random(seed + 10_000)), new Random(seed));
        foreach (var (asks, rightAt) in parts)
            stream.Ask(asks, rightAt);
        return stream;
    }

    private static Func<float, double> Curve(double steepness, double middle) => similarity => 1 / (1 + Math.Exp(-steepness * (similarity - middle)));
}
