using System.Runtime.CompilerServices;

namespace Gateway.Routing.Complexity;

/// <summary>A score in [0, 1] and the features that weighed most in it.</summary>
public readonly struct ComplexityScore(double value, ComplexityScore.TopFeatures top, float? predictedGain = null)
{
    /// <summary>How many features a score can name.</summary>
    public const int MostFeatures = 3;

    private readonly TopFeatures _top = top;

    public double Value { get; } = value;

    /// <summary>What the large model is predicted to gain, in points of quality from −1 to 1; null where a scorer predicts none.</summary>
    public float? PredictedGain { get; } = predictedGain;

    /// <summary>The features that moved the score most, heaviest first; fewer than three when fewer applied.</summary>
    public readonly Feature this[int index] => _top[index];

    /// <summary>A feature's name and what it added to the score's logit.</summary>
    public readonly record struct Feature(string Name, float Weight);

    /// <summary>The heaviest features, kept in order of absolute weight.</summary>
    [InlineArray(MostFeatures)]
    public struct TopFeatures
    {
        private Feature _first;

        public void Offer(Feature feature)
        {
            for (var i = 0; i < MostFeatures; i++)
            {
                if (Math.Abs(feature.Weight) > Math.Abs(this[i].Weight))
                    (this[i], feature) = (feature, this[i]);
            }
        }
    }
}
