using Gateway.Bench.Load.Commands;
using Gateway.Bench.Routing.Cascade;
using Gateway.Bench.Routing.Rows;
using Gateway.Routing.Cascade.Confidence;
using Gateway.Routing.Complexity.Training;

namespace Gateway.Bench.Routing.Commands;

/// <summary>Judges the cascade offline, on replayed answers and log-probabilities, and fits the coefficients that ship.</summary>
public sealed class CascadeCommand : IBenchCommand
{
    private const string Calls = "bfcl";

    public string Usage =>
        "DATA [--exclude SOURCE]... [--seed N] [--draws N] [--write FILE]    the small model's answers: router, checks, confidence, both; coefficients to FILE, without the excluded sources";

    public int Run(Arguments arguments, TextWriter output)
    {
        var data = arguments.Place(0, "DATA");
        var (seed, draws) = (arguments.Number("--seed", 1), arguments.Number("--draws", 300));
        var excluded = arguments.All("--exclude").ToHashSet();
        var options = OptionRows.Read(Path.Combine(data, "cascade_logprobs"));
        var answers = WeakAnswers.Read(Path.Combine(data, "weak_answers"));
        var all = LabelledRows.Read(data);
        var prompts = all.ConvertAll(row => row.Prompt);
        var folds = Folds.Deal(prompts, 5, new Random(seed));
        var scores = ScoresOf(prompts, folds, excluded);

        output.WriteLine($"{Machine.Describe()}; seed {seed}, {draws} draws, 5 folds.");
        StudyOf(row => row.Prompt.Source == Calls).WriteCalls(draws, seed, output);
        foreach (var source in all.Select(row => row.Prompt.Source).Distinct().Where(IsText))
            StudyOf(row => row.Prompt.Source == source).WriteTexts($"Text answers, {source}:", draws, seed, output);
        StudyOf(row => IsText(row.Prompt.Source)).WriteTexts("Text answers, mean of these sources:", draws, seed, output);
        TokenStudy.Write(options, draws, seed, output);
        if (arguments.One("--write") is { } path)
            WriteFile(path, options, StudyOf(row => IsText(row.Prompt.Source) && !excluded.Contains(row.Prompt.Source)), prompts);
        return 0;

        bool IsText(string source) => source != Calls && all.Exists(row => row.Prompt.Source == source && answers.ContainsKey(row.Prompt.Id));

        AnswerStudy StudyOf(Func<LabelledRow, bool> isMeant)
        {
            var places = Enumerable.Range(0, all.Count).Where(row => isMeant(all[row]) && answers.ContainsKey(all[row].Prompt.Id)).ToList();
            return new AnswerStudy(
                places.ConvertAll(row => all[row]), places.ConvertAll(row => answers[all[row].Prompt.Id]),
                [.. places.Select(row => scores[row])], [.. places.Select(row => folds[row])]);
        }
    }

    private static void WriteFile(string path, List<OptionRow> options, AnswerStudy texts, List<LabelledPrompt> prompts)
    {
        var (shape, prompt) = texts.Fit();
        var wrong = prompts.Average(row => 1 - row.Weak);
        ConfidenceFile.Write(path, Math.Log(wrong / (1 - wrong)),
        [
            ("tokens", "option log-probabilities of LLM-Uncertainty-Bench (MIT): one-token answers of three 6-7B models", ConfidenceModel.TokenNames, TokenStudy.Fit(options)),
            ("shape", "answers of Llama-3.1-8B to MMLU-Pro, CRUXEval and MATH, judged right or wrong (Apache-2.0)", AnswerShape.Names, shape),
            ("prompt", "scores of the learned scorer, cross-validated, on the prompts of those answers", ["score"], prompt),
        ]);
    }

    /// <summary>Scores as the learned scorer gives them, each by a model that never saw the prompt's group.</summary>
    private static double[] ScoresOf(List<LabelledPrompt> prompts, int[] folds, HashSet<string> excluded)
    {
        var predictions = Folds.PredictLeftOut(
            prompts, folds, some => GainModel.Fit([.. some.Where(prompt => !excluded.Contains(prompt.Source))], new TrainingSettings()));
        var sorted = predictions.Order().ToArray();
        var (low, centre, high) = (sorted[sorted.Length / 4], sorted[sorted.Length / 2], sorted[sorted.Length * 3 / 4]);
        // The quartiles of a logistic distribution lie ln 3 spreads from its centre.
        var spread = (high - low) / (2 * Math.Log(3));
        return Array.ConvertAll(predictions, prediction => 1 / (1 + Math.Exp(-(prediction - centre) / spread)));
    }
}
