using Gateway.Routing.Complexity.Features;

namespace Gateway.Routing.Learning;

/// <summary>Mean and inverse deviation of each dense statistic over the outcomes of one fit.</summary>
internal sealed record DenseSpread(float[] Means, float[] Factors)
{
    /// <summary>Deviations from the mean beyond which a statistic counts no more: one odd prompt decides nothing.</summary>
    private const float Furthest = 4;

    /// <summary>Keeps a statistic that never varied from being divided by nothing.</summary>
    private const float LeastDeviation = 1e-3f;

    public static DenseSpread Of(IReadOnlyList<Outcome> outcomes)
    {
        var (means, factors) = (new float[DenseVector.Size], new float[DenseVector.Size]);
        for (var i = 0; i < means.Length; i++)
        {
            var (sum, squares) = (0.0, 0.0);
            foreach (var outcome in outcomes)
            {
                var value = outcome.Sketch.Dense(i);
                (sum, squares) = (sum + value, squares + (value * (double)value));
            }

            var mean = sum / outcomes.Count;
            means[i] = (float)mean;
            factors[i] = 1 / ((float)Math.Sqrt(Math.Max(0, (squares / outcomes.Count) - (mean * mean))) + LeastDeviation);
        }

        return new DenseSpread(means, factors);
    }

    public float Apply(int index, float value) => Math.Clamp((value - Means[index]) * Factors[index], -Furthest, Furthest);
}
