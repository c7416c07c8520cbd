namespace Gateway.Routing.Learning;

/// <summary>Weighted ridge regression over sparse rows by conjugate gradients: deterministic, bounded, no matrix.</summary>
/// <remarks>
/// Minimises <c>Σ weight · (row · w − target)² + Σ penalty · w²</c>. Some 5,000 rows of 300 values take a few milliseconds a step;
/// <see cref="MostSteps"/> steps leave a residual far under the noise of any label.
/// </remarks>
internal static class Ridge
{
    /// <summary>Steps at most; the fit is over earlier when the residual has fallen by <see cref="Precision"/>.</summary>
    private const int MostSteps = 60;

    private const double Precision = 1e-5;

    /// <param name="rows">The rows; columns below the length of <paramref name="penalty"/>.</param>
    /// <param name="targets">One a row.</param>
    /// <param name="weights">One a row, none negative.</param>
    /// <param name="penalty">One a column, all positive.</param>
    /// <returns>A weight for each column.</returns>
    public static float[] Fit(IReadOnlyList<SparseRow> rows, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, ReadOnlySpan<double> penalty)
    {
        var (solution, residual) = (new double[penalty.Length], new double[penalty.Length]);
        for (var i = 0; i < rows.Count; i++)
            rows[i].AddTo(residual, weights[i] * targets[i]);
        var direction = residual.ToArray();
        var product = new double[penalty.Length];
        var energy = Dot(residual, residual);
        var enough = energy * Precision * Precision;
        for (var step = 0; step < MostSteps && energy > enough; step++)
        {
            Multiply(rows, weights, penalty, direction, product);
            var length = energy / Dot(direction, product);
            for (var i = 0; i < solution.Length; i++)
            {
                solution[i] += length * direction[i];
                residual[i] -= length * product[i];
            }

            var next = Dot(residual, residual);
            var turn = next / energy;
            energy = next;
            for (var i = 0; i < direction.Length; i++)
                direction[i] = residual[i] + (turn * direction[i]);
        }

        return Array.ConvertAll(solution, value => (float)value);
    }

    private static void Multiply(
        IReadOnlyList<SparseRow> rows, ReadOnlySpan<double> weights, ReadOnlySpan<double> penalty, double[] by, double[] product)
    {
        for (var i = 0; i < product.Length; i++)
            product[i] = penalty[i] * by[i];
        for (var i = 0; i < rows.Count; i++)
            rows[i].AddTo(product, weights[i] * rows[i].Dot(by));
    }

    private static double Dot(double[] one, double[] other)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++)
            sum += one[i] * other[i];
        return sum;
    }
}
