namespace Gateway.Bench.Routing.Cascade;

/// <summary>Logistic scores of rows by fits that did not see them.</summary>
public static class CrossValidated
{
    /// <summary>One score a row: log-odds that the small model is wrong.</summary>
    /// <param name="folds">Each row's fold.</param>
    /// <param name="rows">Features.</param>
    /// <param name="sources">Each row's source, from 0.</param>
    /// <param name="isWrong">What is predicted.</param>
    public static double[] Score(IReadOnlyList<int> folds, IReadOnlyList<double[]> rows, IReadOnlyList<int> sources, IReadOnlyList<double> isWrong)
    {
        var scores = new double[rows.Count];
        foreach (var fold in folds.Distinct())
        {
            var seen = Enumerable.Range(0, rows.Count).Where(row => folds[row] != fold).ToList();
            var fit = Logistic.Fit(
                seen.ConvertAll(row => rows[row]), seen.ConvertAll(row => sources[row]), seen.ConvertAll(row => isWrong[row]));
            for (var row = 0; row < rows.Count; row++)
            {
                if (folds[row] == fold)
                    scores[row] = fit.Odds(rows[row]);
            }
        }

        return scores;
    }
}
