using Gateway.Routing.Complexity.Features;

namespace Gateway.Routing.Complexity.Training;

/// <summary>Makes the artefact that a scorer runs from: weights in bytes, and the scale of its scores.</summary>
public static class ArtefactMaker
{
    /// <summary>Quartiles of the standard logistic lie this many units from its middle.</summary>
    private static readonly double LogisticQuartile = Math.Log(3);

    /// <summary>Trains on these prompts, and on folds of them to learn how scores of unseen prompts spread.</summary>
    /// <param name="prompts">At least two of different gain.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="card">What the artefact says of itself; Markdown.</param>
    public static ScorerArtefact Train(IReadOnlyList<LabelledPrompt> prompts, TrainingSettings settings, string card) =>
        Train(prompts, settings, PredictLeftOut(prompts, settings), card);

    /// <param name="prompts">At least two of different gain.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="leftOut">What <see cref="PredictLeftOut"/> gave for them.</param>
    /// <param name="card">What the artefact says of itself; Markdown.</param>
    public static ScorerArtefact Train(IReadOnlyList<LabelledPrompt> prompts, TrainingSettings settings, double[] leftOut, string card) =>
        Make(GainModel.Fit(prompts, settings), prompts, leftOut, card);

    /// <summary>Predictions of every prompt by a model that saw neither it nor its group: what such a training is worth on prompts to come.</summary>
    public static double[] PredictLeftOut(IReadOnlyList<LabelledPrompt> prompts, TrainingSettings settings)
    {
        var folds = Folds.Deal(prompts, settings.Folds, new Random(settings.Seed));
        return Folds.PredictLeftOut(prompts, folds, some => GainModel.Fit(some, settings));
    }

    private static ScorerArtefact Make(GainModel model, IReadOnlyList<LabelledPrompt> prompts, double[] leftOut, string card)
    {
        var (weights, wordStep, characterStep) = Quantise(model.Grams);
        var sorted = leftOut.Order().ToArray();
        var spread = (At(sorted, 0.75) - At(sorted, 0.25)) / (2 * LogisticQuartile);
        var (meanGain, slope) = GainLine(prompts, leftOut);
        var scale = new ScoreScale((float)At(sorted, 0.5), (float)Math.Max(spread, 1e-6), (float)meanGain, (float)slope, 0, 0);
        var artefact = new ScorerArtefact
        {
            Card = card,
            Space = model.Space,
            GramWeights = weights,
            WordStep = wordStep,
            CharacterStep = characterStep,
            DenseWeights = [.. Enum.GetValues<PromptForm>().Select(model.DenseWeights)],
            Scale = scale,
            Quantiles = [.. Enumerable.Range(0, ScorerArtefact.QuantileCount)
                .Select(percent => ScoreScale.ScoreOf(scale.LogitOf((float)At(sorted, percent / 100.0))))],
        };
        var (words, characters) = new LearnedScorer(artefact).MeanBlocks(prompts.Select(prompt => prompt.Ask));
        return artefact with { Scale = scale with { MeanWords = words, MeanCharacters = characters } };
    }

    /// <summary>Weights as bytes, one step a block: an eighth of the size, and no measurable loss (APGR 0.570 both ways).</summary>
    private static (sbyte[] Weights, float WordStep, float CharacterStep) Quantise(ReadOnlySpan<float> weights)
    {
        var quantised = new sbyte[Grams.Space];
        return (quantised, Quantise(weights[..Grams.Block], quantised.AsSpan(0, Grams.Block)),
            Quantise(weights[Grams.Block..], quantised.AsSpan(Grams.Block)));
    }

    private static float Quantise(ReadOnlySpan<float> weights, Span<sbyte> into)
    {
        var largest = 1e-9f;
        foreach (var weight in weights)
            largest = MathF.Max(largest, MathF.Abs(weight));
        var step = largest / sbyte.MaxValue;
        for (var i = 0; i < weights.Length; i++)
            into[i] = (sbyte)MathF.Round(weights[i] / step);
        return step;
    }

    /// <summary>Gain by prediction: mean over sources, and the least-squares slope within them, all sources weighing the same.</summary>
    private static (double Mean, double Slope) GainLine(IReadOnlyList<LabelledPrompt> prompts, double[] predictions)
    {
        var (mean, covariance, variance, sources) = (0.0, 0.0, 0.0, 0);
        foreach (var source in Enumerable.Range(0, prompts.Count).GroupBy(row => prompts[row].Source))
        {
            var (gain, prediction) = (source.Average(row => prompts[row].Gain), source.Average(row => predictions[row]));
            covariance += source.Average(row => (prompts[row].Gain - gain) * (predictions[row] - prediction));
            variance += source.Average(row => (predictions[row] - prediction) * (predictions[row] - prediction));
            mean += gain;
            sources++;
        }

        return (mean / sources, variance > 0 ? Math.Max(0, covariance / variance) : 0);
    }

    private static double At(double[] sorted, double quantile)
    {
        var place = quantile * (sorted.Length - 1);
        var below = Math.Min((int)place, sorted.Length - 2);
        return sorted[below] + ((sorted[below + 1] - sorted[below]) * (place - below));
    }
}
