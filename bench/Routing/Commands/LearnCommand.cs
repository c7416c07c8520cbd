using System.Globalization;
using Gateway.Bench.Load.Commands;
using Gateway.Bench.Routing.Rows;
using Gateway.Routing.Complexity.Features;
using Gateway.Routing.Complexity.Training;
using Gateway.Routing.Evaluation;
using Gateway.Routing.Learning;
using Learned = Gateway.Routing.Learning.Outcome;

namespace Gateway.Bench.Routing.Commands;

/// <summary>Replays learning on the spot: what so many outcomes of a workload's own gain over a default that has never seen it.</summary>
/// <remarks>
/// For each source the default is trained on the others; outcomes are taken from a random part of its questions, and the corrected
/// scores are judged on the rest. One-sided outcomes are of the pool that the default would have picked at a large share of 30 %.
/// </remarks>
public sealed class LearnCommand : IBenchCommand
{
    private const double LargeShare = 0.3;

    /// <summary>Rows that must be left to judge on.</summary>
    private const int FewestJudged = 150;

    private static readonly int[] Labels = [100, 500, 1500];

    public string Usage => "DATA [--exclude SOURCE]... [--splits N] [--seed N]    replay learning from 100, 500 and 1,500 outcomes of each source's own";

    public int Run(Arguments arguments, TextWriter output)
    {
        var excluded = arguments.All("--exclude").ToHashSet();
        var prompts = LabelledRows.Read(arguments.Place(0, "DATA")).ConvertAll(row => row.Prompt);
        var (splits, seed) = (arguments.Number("--splits", 3), arguments.Number("--seed", 1));
        var workloads = prompts.GroupBy(prompt => prompt.Source).Select(source => Prepare(source.Key, prompts, excluded)).ToList();
        output.WriteLine($"{Machine.Describe()}; {prompts.Count} rows, {splits} splits, seed {seed}.\n");
        output.WriteLine("| outcomes | kind | sources | default | corrected | gained |\n| --- | --- | --- | --- | --- | --- |");
        foreach (var count in Labels)
        {
            foreach (var kind in (OutcomeKind[])[OutcomeKind.Judged, OutcomeKind.Disagreement, OutcomeKind.Feedback])
                Replay(workloads, count, kind, splits, seed, output);
        }

        return 0;
    }

    private static Workload Prepare(string source, List<LabelledPrompt> prompts, HashSet<string> excluded)
    {
        var model = GainModel.Fit(prompts.FindAll(prompt => prompt.Source != source && !excluded.Contains(prompt.Source)), new TrainingSettings());
        var own = prompts.FindAll(prompt => prompt.Source == source);
        var scores = model.Predict(own);
        return new Workload(source, [.. own.Select((prompt, i) => new Row(prompt, SketchOf(prompt, (float)scores[i])))]);
    }

    private static Sketch SketchOf(LabelledPrompt prompt, float score)
    {
        using var features = PromptFeatures.Read(prompt.Ask, prompt.ToolsJson);
        var bytes = new byte[Sketch.MostBytes];
        return Sketch.Read(bytes.AsSpan(0, Sketch.Write(bytes, score, features)))!;
    }

    private static void Replay(List<Workload> workloads, int count, OutcomeKind kind, int splits, int seed, TextWriter output)
    {
        var (before, after, sources) = (new List<double>(), new List<double>(), new HashSet<string>());
        foreach (var workload in workloads.Where(workload => workload.Rows.Length >= count + FewestJudged))
        {
            for (var split = 0; split < splits; split++)
            {
                var (learned, judged) = Split(workload.Rows, count, new Random(seed + split));
                if (judged.Count < FewestJudged || Apgr(judged, row => row.Sketch.Score) is not { } plain)
                    continue;
                var correction = CorrectionFit.Fit(0, OutcomesOf(learned, kind)).Correction;
                before.Add(plain);
                after.Add(correction is null ? plain : Apgr(judged, row => correction.Apply(row.Sketch))!.Value);
                sources.Add(workload.Source);
            }
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {count} | {kind.ToString().ToLowerInvariant()} | {sources.Count} | {before.Average():0.000} | {after.Average():0.000} | {after.Average() - before.Average():+0.000;-0.000} |"));
    }

    /// <summary>Whole questions to learn from, until there are enough rows, and the rest to judge on.</summary>
    private static (List<Row> Learned, List<Row> Judged) Split(Row[] rows, int count, Random chance)
    {
        var groups = rows.GroupBy(row => row.Prompt.Group).ToArray();
        chance.Shuffle(groups);
        var (learned, judged) = (new List<Row>(), new List<Row>());
        foreach (var group in groups)
            (learned.Count < count ? learned : judged).AddRange(group);
        return (learned, judged);
    }

    private static List<Learned> OutcomesOf(List<Row> rows, OutcomeKind kind)
    {
        var bar = rows.Select(row => row.Sketch.Score).OrderDescending().ElementAt((int)(rows.Count * LargeShare));
        return rows.Select((row, i) =>
        {
            var isLarge = row.Sketch.Score > bar;
            var (small, large) = ((float)row.Prompt.Weak, (float)row.Prompt.Strong);
            var difference = Math.Abs(small - large);
            return new Learned
            {
                Request = (ulong)i,
                Kind = kind,
                At = i,
                IsLarge = isLarge,
                Small = kind switch { OutcomeKind.Disagreement => 1 - difference, OutcomeKind.Feedback when isLarge => null, _ => small },
                Large = kind switch { OutcomeKind.Disagreement => 1, OutcomeKind.Feedback when !isLarge => null, _ => large },
                Artefact = 0,
                Sketch = row.Sketch,
            };
        }).ToList();
    }

    private static double? Apgr(List<Row> rows, Func<Row, double> score) =>
        GapCurve.Of(rows.Select(row => new Gateway.Routing.Evaluation.Outcome(score(row), row.Prompt.Weak, row.Prompt.Strong)))?.Apgr;

    private sealed record Row(LabelledPrompt Prompt, Sketch Sketch);

    private sealed record Workload(string Source, Row[] Rows);
}
