namespace Gateway.Bench.Routing.Cascade;

/// <summary>A logistic regression on standardised features with an intercept for each source, so that levels of sources are no feature.</summary>
public sealed class Logistic
{
    private readonly double[] _weights;

    private Logistic(double[] means, double[] scales, double[] weights) => (Means, Scales, _weights) = (means, scales, weights);

    public double[] Means { get; }

    public double[] Scales { get; }

    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>Fits by Newton's method.</summary>
    /// <param name="rows">Features, one array a row.</param>
    /// <param name="sources">Each row's source, from 0.</param>
    /// <param name="isWrong">What is predicted, in [0, 1].</param>
    /// <param name="penalty">Ridge on the standardised weights; intercepts go free.</param>
    public static Logistic Fit(IReadOnlyList<double[]> rows, IReadOnlyList<int> sources, IReadOnlyList<double> isWrong, double penalty = 10)
    {
        var (features, kinds) = (rows[0].Length, sources.Max() + 1);
        var (means, scales) = Standard(rows);
        var size = features + kinds;
        var weights = new double[size];
        for (var step = 0; step < 12; step++)
        {
            var (gradient, hessian) = (new double[size], new double[size, size]);
            var x = new double[features];
            for (var row = 0; row < rows.Count; row++)
            {
                for (var i = 0; i < features; i++)
                    x[i] = (rows[row][i] - means[i]) / scales[i];
                var own = features + sources[row];
                var odds = weights[own];
                for (var i = 0; i < features; i++)
                    odds += weights[i] * x[i];
                var chance = 1 / (1 + Math.Exp(-odds));
                var (miss, slope) = (isWrong[row] - chance, Math.Max(chance * (1 - chance), 1e-6));
                for (var i = 0; i < features; i++)
                {
                    gradient[i] += miss * x[i];
                    for (var j = 0; j <= i; j++)
                        hessian[i, j] += slope * x[i] * x[j];
                    hessian[own, i] += slope * x[i];
                }

                gradient[own] += miss;
                hessian[own, own] += slope;
            }

            for (var i = 0; i < size; i++)
            {
                gradient[i] -= i < features ? penalty * weights[i] : 0;
                hessian[i, i] += i < features ? penalty : 1e-6;
            }

            var change = Cholesky.Solve(hessian, gradient);
            for (var i = 0; i < size; i++)
                weights[i] += change[i];
        }

        return new Logistic(means, scales, weights[..features]);
    }

    /// <summary>Log-odds of being wrong, but for the source's own level.</summary>
    public double Odds(double[] row)
    {
        var odds = 0.0;
        for (var i = 0; i < row.Length; i++)
            odds += _weights[i] * (row[i] - Means[i]) / Scales[i];
        return odds;
    }

    private static (double[] Means, double[] Scales) Standard(IReadOnlyList<double[]> rows)
    {
        var (means, scales) = (new double[rows[0].Length], new double[rows[0].Length]);
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
                means[i] += row[i] / rows.Count;
        }

        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
                scales[i] += (row[i] - means[i]) * (row[i] - means[i]) / rows.Count;
        }

        for (var i = 0; i < scales.Length; i++)
            scales[i] = scales[i] > 1e-12 ? Math.Sqrt(scales[i]) : 1;
        return (means, scales);
    }
}
