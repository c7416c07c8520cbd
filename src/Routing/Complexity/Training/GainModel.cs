using Gateway.Routing.Complexity.Features;

namespace Gateway.Routing.Complexity.Training;

/// <summary>A trained model at full precision: what an artefact is made from, and what evaluations predict with.</summary>
public sealed class GainModel
{
    private readonly float[] _weights;
    private readonly TrainingSettings _settings;

    private GainModel(FeatureSpace space, float[] weights, TrainingSettings settings) =>
        (Space, _weights, _settings) = (space, weights, settings);

    public FeatureSpace Space { get; }

    internal ReadOnlySpan<float> Grams => _weights.AsSpan(0, Features.Grams.Space);

    /// <summary>Trains on these prompts: the same prompts in the same order and the same settings give the same model.</summary>
    public static GainModel Fit(IReadOnlyList<LabelledPrompt> prompts, TrainingSettings settings)
    {
        var space = FeatureSpaces.Fit(prompts);
        var matrix = DesignMatrix.Of(prompts, space, settings);
        var targets = GainTargets.Of(prompts, settings);
        var weights = RidgeSolver.Solve(matrix, targets.Values, targets.Importance, settings.Penalty);
        weights[DesignMatrix.FormColumn(PromptForm.Prose, (int)DenseFeature.Length)] += settings.ProseLengthPrior / (settings.DenseScale * settings.FormScale);
        return new GainModel(space, weights, settings);
    }

    /// <summary>One prediction a prompt, in deviations of a workload's gain.</summary>
    public double[] Predict(IReadOnlyList<LabelledPrompt> prompts)
    {
        var matrix = DesignMatrix.Of(prompts, Space, _settings);
        return [.. Enumerable.Range(0, prompts.Count).Select(row => matrix.Dot(row, _weights))];
    }

    /// <summary>The statistics' weights in one form, for standardised statistics: what all forms share and what is the form's own.</summary>
    internal DenseVector DenseWeights(PromptForm form)
    {
        var weights = default(DenseVector);
        var own = _settings.DenseScale * _settings.FormScale;
        for (var i = 0; i < DenseVector.Size; i++)
            weights[i] = (_weights[DesignMatrix.SharedColumn(i)] * _settings.DenseScale) + (_weights[DesignMatrix.FormColumn(form, i)] * own);
        return weights;
    }
}
