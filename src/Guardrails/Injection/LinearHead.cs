namespace Gateway.Guardrails.Injection;

/// <summary>A linear model over the n-grams of a window.</summary>
/// <param name="Intercepts">One for each of <see cref="WindowShape.Sizes"/>.</param>
/// <param name="Scale">What a step of the weights is worth.</param>
/// <param name="Weights">By the upper bits of an n-gram's hash; a power of two of them.</param>
/// <param name="Levels">Scores that are kept at false-positive rates, by rate.</param>
public sealed record LinearHead(float[] Intercepts, float Scale, sbyte[] Weights, FalsePositiveLevel[] Levels)
{
    /// <summary>The log-odds of a window.</summary>
    /// <param name="sum">Of its weights.</param>
    /// <param name="tokens">How many it has.</param>
    public float Score(int sum, int tokens) => Intercepts[WindowShape.SizeOf(tokens)] + (sum * Scale * WindowShape.WeightOf(tokens));

    /// <summary>The score from which on a window counts, at a false-positive rate; between known rates it is interpolated, outside them the nearest.</summary>
    public float Threshold(double rate)
    {
        var above = Array.FindIndex(Levels, level => level.Rate >= rate);
        if (above <= 0)
            return above < 0 ? Levels[^1].Score : Levels[0].Score;
        var (lower, upper) = (Levels[above - 1], Levels[above]);
        var share = (Math.Log(rate) - Math.Log(lower.Rate)) / (Math.Log(upper.Rate) - Math.Log(lower.Rate));
        return (float)(lower.Score + (share * (upper.Score - lower.Score)));
    }
}

/// <summary>A score that so many ordinary texts reach.</summary>
/// <param name="Rate">Their share, in (0, 1).</param>
/// <param name="Score">Log-odds.</param>
public readonly record struct FalsePositiveLevel(float Rate, float Score);
