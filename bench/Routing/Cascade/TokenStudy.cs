using Gateway.Routing.Complexity.Training;

namespace Gateway.Bench.Routing.Cascade;

/// <summary>What token probabilities tell, replayed on multiple-choice answers.</summary>
public static class TokenStudy
{
    public static void Write(List<OptionRow> rows, int draws, int seed, TextWriter output)
    {
        var labelled = rows.ConvertAll(row => row.Row.Prompt);
        var folds = Folds.Deal(labelled, 5, new Random(seed));
        var sources = SourcesOf(rows);
        var wrong = rows.ConvertAll(row => 1 - row.Row.Prompt.Weak);
        var gateway = CrossValidated.Score(folds, rows.ConvertAll(row => row.TokenFeatures), sources, wrong);
        var all = CrossValidated.Score(folds, rows.ConvertAll(row => row.OptionFeatures), sources, wrong);
        List<JudgedRouter> routers =
        [
            new("margin p1 - p2", labelled, row => -rows[row].Margin),
            new("log p1", labelled, row => -rows[row].Logs[0]),
            new("entropy of the options", labelled, row => rows[row].Entropy),
            new("logistic on what the gateway reads (two alternatives)", labelled, row => gateway[row]),
            new("logistic on all six options", labelled, row => all[row]),
            new("the same, fitted per pair and task", labelled, PerSource(rows, folds, sources, wrong)),
        ];
        StudyTable.Write($"Option log-probabilities, {rows.Count} answers, {sources.Max() + 1} pairs and tasks, mean of these:", routers, draws, seed, output);
    }

    /// <summary>The part that ships: fitted on every row.</summary>
    public static Logistic Fit(List<OptionRow> rows) =>
        Logistic.Fit(rows.ConvertAll(row => row.TokenFeatures), SourcesOf(rows), rows.ConvertAll(row => 1 - row.Row.Prompt.Weak));

    private static Func<int, double> PerSource(List<OptionRow> rows, int[] folds, List<int> sources, List<double> wrong)
    {
        var scores = new double[rows.Count];
        for (var source = 0; source <= sources.Max(); source++)
        {
            var own = Enumerable.Range(0, rows.Count).Where(row => sources[row] == source).ToList();
            var some = CrossValidated.Score(
                own.ConvertAll(row => folds[row]), own.ConvertAll(row => rows[row].OptionFeatures), own.ConvertAll(_ => 0), own.ConvertAll(row => wrong[row]));
            for (var i = 0; i < own.Count; i++)
                scores[own[i]] = some[i];
        }

        return row => scores[row];
    }

    private static List<int> SourcesOf(List<OptionRow> rows)
    {
        var names = rows.Select(row => row.Row.Prompt.Source).Distinct().ToList();
        return rows.ConvertAll(row => names.IndexOf(row.Row.Prompt.Source));
    }
}
