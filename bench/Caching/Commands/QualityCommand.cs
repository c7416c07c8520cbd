using Gateway.Bench.Caching.Judging;
using Gateway.Bench.Caching.Pairs;
using Gateway.Bench.Caching.Streams;
using Gateway.Bench.Load.Commands;
using Gateway.Caching.Semantic;
using Gateway.Caching.Semantic.Bounds;

namespace Gateway.Bench.Caching.Commands;

/// <summary>Pairs of asks: who answers which with whose answer.</summary>
public sealed class QualityCommand : IBenchCommand
{
    private const int Orders = 20;
    private static readonly float[] Bars = [0.70f, 0.75f, 0.80f, 0.85f, 0.88f, 0.90f, 0.92f, 0.94f, 0.95f, 0.96f, 0.97f, 0.98f, 0.99f];

    public string Usage =>
        "FOLDER [--most 4000] [--each 60] [--wrong 0] [--rivals yes]   pairs from the folder and pairs by rule: hits, right and wrong, at each bar; --wrong N lists so many wrong hits at 0.92";

    public Task<int> RunAsync(Arguments arguments, TextWriter output)
    {
        var chance = new Random(20_250_203);
        var pairs = PairFiles.Read(arguments.Place(0, "FOLDER"), arguments.Number("--most", 4_000), chance)
            .Concat(RulePairs.Write(arguments.Number("--each", 60), chance)).ToArray();
        using var scoring = new Scoring();
        var scored = scoring.Score(pairs, arguments.One("--rivals") != "no");
        output.WriteLine($"{scored.Count} pairs, {Machine.Describe()}\n");
        WriteSets(scored, output);
        var natural = scored.Where(pair => !IsByRule(pair)).ToArray();
        var byRule = scored.Where(IsByRule).ToArray();
        WriteCurves("Quora, StackExchange", [.. natural.Where(pair => pair.Pair.Source is "quora" or "stackexchange")], output);
        WriteCurves("medical", [.. natural.Where(pair => pair.Pair.Source == "medical")], output);
        WriteCurves("news sentences (msr)", [.. natural.Where(pair => pair.Pair.Source == "msr")], output);
        WriteCurves("by rule", byRule, output);
        WriteKinds(byRule, output);
        WriteLearned(scored, output);
        foreach (var pair in scored.Where(pair => !pair.Pair.IsSame && Ways.Ours(pair) >= 0.92f).Take(arguments.Number("--wrong", 0)))
            output.WriteLine($"{pair.Pair.Source}\t{pair.Encoder:0.000}\t{pair.Pair.Known}\t{pair.Pair.Asked}");
        return Task.FromResult(0);
    }

    private static bool IsByRule(Scored pair) => pair.Pair.Source.StartsWith("rule", StringComparison.Ordinal);

    private static void WriteSets(IReadOnlyList<Scored> scored, TextWriter output)
    {
        output.WriteLine("| set | pairs | same | not for the embedder | called different: of same | of different |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach (var set in scored.GroupBy(pair => IsByRule(pair) ? "by rule" : pair.Pair.Source))
        {
            var (same, different) = (set.Count(pair => pair.Pair.IsSame), set.Count(pair => !pair.Pair.IsSame));
            output.WriteLine(
                $"| {set.Key} | {set.Count()} | {same} | {set.Count(pair => float.IsNaN(pair.Encoder))} "
                + $"| {set.Count(pair => pair.Pair.IsSame && pair.Difference is not null) / (double)same:0%} "
                + $"| {set.Count(pair => !pair.Pair.IsSame && pair.Difference is not null) / (double)different:0%} |");
        }

        output.WriteLine();
    }

    private static void WriteCurves(string name, Scored[] pairs, TextWriter output)
    {
        if (pairs.Length == 0)
            return;
        output.WriteLine($"### {name}: recall / wrong of hits / of different pairs fooled\n");
        output.WriteLine($"| bar | {string.Join(" | ", Ways.All.Select(way => way.Name))} |");
        output.WriteLine($"|---|{string.Concat(Ways.All.Select(_ => "---|"))}");
        foreach (var bar in Bars)
        {
            var cells = Ways.All.Select(way => Tally.Of(pairs, pair => way.Similarity(pair) >= bar))
                .Select(tally => $"{tally.Recall:0.0%} / {1 - tally.Precision:0.0%} / {tally.Fooled:0.0%}");
            output.WriteLine($"| {bar:0.00} | {string.Join(" | ", cells)} |");
        }

        output.WriteLine();
    }

    private static void WriteKinds(Scored[] pairs, TextWriter output)
    {
        output.WriteLine("### by rule, each kind: answered at the bar that is usual for the way\n");
        output.WriteLine("| kind | same | pairs | encoder alone, 0.92 | encoder and comparison, 0.92 | whole transcript, 0.8 | role-prefixed, 0.8 |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var kind in pairs.GroupBy(pair => pair.Pair.Source))
        {
            output.WriteLine(
                $"| {kind.Key["rule: ".Length..]} | {(kind.First().Pair.IsSame ? "yes" : "no")} | {kind.Count()} | {kind.Average(pair => pair.Encoder >= 0.92f ? 1 : 0):0%} "
                + $"| {kind.Average(pair => Ways.Ours(pair) >= 0.92f ? 1 : 0):0%} | {kind.Average(pair => pair.WholeTranscript >= 0.8f ? 1 : 0):0%} "
                + $"| {kind.Average(pair => pair.RolePrefixed >= 0.8f ? 1 : 0):0%} |");
        }

        output.WriteLine();
    }

    /// <summary>The pairs one after the other in drawn orders, as asks that come; the bars learn from what they have checked.</summary>
    private static void WriteLearned(IReadOnlyList<Scored> scored, TextWriter output)
    {
        output.WriteLine($"### learned: {Orders} drawn orders of each set, three times over, by encoder and comparison\n");
        output.WriteLine("| set | bar | asks | hits | recall | wrong of hits | wrong of the last third's hits |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (name, pairs) in SetsOf(scored))
        {
            var fixedBar = Tally.Of(pairs, IsAtConfigured);
            output.WriteLine($"| {name} | configured | {pairs.Length} | {fixedBar.Hits} | {fixedBar.Recall:0.0%} | {1 - fixedBar.Precision:0.0%} | |");
            WriteRuns(name, "learned", pairs, new BoundSettings(), output);
            WriteRuns(name, "learned, 100 proofs", pairs, new BoundSettings { Proofs = 100 }, output);
        }
    }

    private static void WriteRuns(string name, string bar, Scored[] pairs, BoundSettings bound, TextWriter output)
    {
        var same = pairs.Count(pair => pair.Pair.IsSame);
        var (hits, wrong, lateHits, lateWrong) = (0, 0, 0, 0);
        for (var seed = 0; seed < Orders; seed++)
        {
            var chance = new Random(seed);
            var asks = new DrawnAsks(new LearnedBars(new SemanticSettings { Bound = bound }, TimeProvider.System, new Random(seed + 1_000)), chance);
            for (var round = 0; round < 3; round++)
            {
                var (hitsBefore, wrongBefore) = (asks.Hits, asks.FalseHits);
                var order = (Scored[])pairs.Clone();
                chance.Shuffle(order);
                foreach (var pair in order)
                {
                    if (Ways.Ours(pair) is var similarity && !float.IsNaN(similarity))
                        asks.Offer(AskClass.Of("auto", pair.Pair.Asked), similarity, pair.Pair.IsSame);
                }

                if (round == 2)
                    (lateHits, lateWrong) = (lateHits + asks.Hits - hitsBefore, lateWrong + asks.FalseHits - wrongBefore);
            }

            (hits, wrong) = (hits + asks.Hits, wrong + asks.FalseHits);
        }

        output.WriteLine(
            $"| {name} | {bar} | {3 * pairs.Length} | {hits / Orders} | {(hits - wrong) / (double)(3 * Orders * same):0.0%} "
            + $"| {(hits == 0 ? 0 : wrong / (double)hits):0.0%} | {(lateHits == 0 ? 0 : lateWrong / (double)lateHits):0.0%} |");
    }

    private static IEnumerable<(string Name, Scored[] Pairs)> SetsOf(IReadOnlyList<Scored> scored) =>
        scored.GroupBy(pair => IsByRule(pair) ? "by rule" : pair.Pair.Source).Select(set => (set.Key, set.ToArray())).Append(("all", [.. scored]));

    private static bool IsAtConfigured(Scored pair)
    {
        var settings = new SemanticSettings();
        return Ways.Ours(pair) >= (AskClass.Of("auto", pair.Pair.Asked).Form == AskForm.Code ? settings.CodeSimilarity : settings.Similarity);
    }
}
