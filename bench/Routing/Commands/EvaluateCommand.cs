using Gateway.Bench.Load.Commands;
using Gateway.Bench.Routing.Baselines;
using Gateway.Bench.Routing.Judging;
using Gateway.Bench.Routing.Rows;
using Gateway.Routing.Complexity.Training;

namespace Gateway.Bench.Routing.Commands;

/// <summary>Judges the trainer and the baselines on labelled rows, every row scored by a model that never saw its group.</summary>
public sealed class EvaluateCommand : IBenchCommand
{
    public string Usage => "DATA [--exclude SOURCE]... [--seed N] [--folds N] [--draws N]    cross-validate ours and the baselines; excluded sources are judged, not trained on";

    public int Run(Arguments arguments, TextWriter output)
    {
        var rows = LabelledRows.Read(arguments.Place(0, "DATA"));
        var seed = arguments.Number("--seed", 1);
        var excluded = arguments.All("--exclude").ToHashSet();
        var prompts = rows.ConvertAll(row => row.Prompt);
        var folds = Folds.Deal(prompts, arguments.Number("--folds", 5), new Random(seed));
        var chance = new Random(seed);
        var ours = Learned("learned, default", prompts, Default(prompts, folds, excluded));
        List<JudgedRouter> routers =
        [
            new("chance", prompts, _ => chance.NextDouble()),
            new("prompt length", prompts, row => rows[row].Prompt.Ask.Length),
            new("LiteLLM-like keywords", prompts, row => LiteLlmKeywords.Score(rows[row].Text)),
            new("v7 keywords", prompts, row => SeventhKeywords.Score(rows[row].Text, rows[row].Messages)),
            ours,
            Learned("learned, own source left out", prompts, SourceLeftOut(prompts, excluded)),
            Learned("learned, retrained per workload", prompts, PerWorkload(prompts, folds)),
            new("oracle", prompts, row => rows[row].Prompt.Gain),
        ];
        output.WriteLine($"{Machine.Describe()}; {rows.Count} rows, {folds.Max() + 1} folds, seed {seed}.\n");
        Report.Write(routers, ours, arguments.Number("--draws", 1000), seed, output);
        return 0;
    }

    private static JudgedRouter Learned(string name, List<LabelledPrompt> prompts, double[] predictions) => new(name, prompts, row => predictions[row]);

    private static double[] Default(List<LabelledPrompt> prompts, int[] folds, HashSet<string> excluded) =>
        Folds.PredictLeftOut(prompts, folds, some => GainModel.Fit(Without(some, excluded), new TrainingSettings()));

    private static double[] SourceLeftOut(List<LabelledPrompt> prompts, HashSet<string> excluded)
    {
        var sources = prompts.Select(prompt => prompt.Source).Distinct().ToList();
        var folds = prompts.Select(prompt => sources.IndexOf(prompt.Source)).ToArray();
        return Folds.PredictLeftOut(prompts, folds, some => GainModel.Fit(Without(some, excluded), new TrainingSettings()));
    }

    private static double[] PerWorkload(List<LabelledPrompt> prompts, int[] folds)
    {
        var predictions = new double[prompts.Count];
        foreach (var source in Enumerable.Range(0, prompts.Count).GroupBy(row => prompts[row].Source))
        {
            var rows = source.ToList();
            var own = Folds.PredictLeftOut(
                rows.ConvertAll(row => prompts[row]), [.. rows.Select(row => folds[row])], some => GainModel.Fit(some, new TrainingSettings()));
            for (var i = 0; i < rows.Count; i++)
                predictions[rows[i]] = own[i];
        }

        return predictions;
    }

    private static List<LabelledPrompt> Without(IReadOnlyList<LabelledPrompt> prompts, HashSet<string> excluded) =>
        [.. prompts.Where(prompt => !excluded.Contains(prompt.Source))];
}
