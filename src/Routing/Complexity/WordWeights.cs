using Gateway.Routing.Complexity.Features;

namespace Gateway.Routing.Complexity;

/// <summary>Which words moved a score: for <c>gateway explain</c>, where the prompt is the operator's own. Never for headers or logs.</summary>
public static class WordWeights
{
    /// <summary>The ask's words and word pairs by what they add to the score's logit, heaviest first.</summary>
    /// <param name="artefact">What was learned.</param>
    /// <param name="ask">UTF-8.</param>
    /// <param name="most">How many are wanted.</param>
    public static IReadOnlyList<ComplexityScore.Feature> Of(ScorerArtefact artefact, ReadOnlySpan<byte> ask, int most)
    {
        using var features = PromptFeatures.Read(ask, default);
        var values = new SparseValue[features.Grams.Length];
        artefact.Space.Project(features, values);
        var step = artefact.WordStep / artefact.Scale.Spread;
        var weights = values.ToDictionary(value => value.Index, value => value.Value * artefact.GramWeights[value.Index] * step);
        return [.. AskWords.Read(ask)
            .DistinctBy(word => word.Gram)
            .Where(word => weights.ContainsKey(word.Gram))
            .Select(word => new ComplexityScore.Feature(word.Text, weights[word.Gram]))
            .OrderByDescending(word => MathF.Abs(word.Weight))
            .Take(most)];
    }
}
