namespace Gateway.Routing.Complexity.Training;

/// <summary>Deals prompts into folds, all of a group into one.</summary>
public static class Folds
{
    /// <summary>Each prompt's fold, in [0, <paramref name="count"/>).</summary>
    public static int[] Deal(IReadOnlyList<LabelledPrompt> prompts, int count, Random chance)
    {
        var dealt = new Dictionary<string, int>();
        var folds = new int[prompts.Count];
        for (var i = 0; i < folds.Length; i++)
        {
            if (!dealt.TryGetValue(prompts[i].Group, out folds[i]))
                dealt[prompts[i].Group] = folds[i] = chance.Next(count);
        }

        return folds;
    }

    /// <summary>Predictions of every prompt by a model that saw none of its fold.</summary>
    /// <param name="prompts">What is trained on and predicted.</param>
    /// <param name="folds">Each prompt's fold.</param>
    /// <param name="fit">Trains on some prompts.</param>
    public static double[] PredictLeftOut(
        IReadOnlyList<LabelledPrompt> prompts, int[] folds, Func<IReadOnlyList<LabelledPrompt>, GainModel> fit)
    {
        var predictions = new double[prompts.Count];
        foreach (var fold in folds.Distinct())
        {
            var model = fit([.. prompts.Where((_, row) => folds[row] != fold)]);
            var rows = Enumerable.Range(0, prompts.Count).Where(row => folds[row] == fold).ToList();
            var predicted = model.Predict(rows.ConvertAll(row => prompts[row]));
            for (var i = 0; i < rows.Count; i++)
                predictions[rows[i]] = predicted[i];
        }

        return predictions;
    }
}
