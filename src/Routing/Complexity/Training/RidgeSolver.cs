namespace Gateway.Routing.Complexity.Training;

/// <summary>Weighted ridge regression by conjugate gradients on the normal equations, never formed.</summary>
public static class RidgeSolver
{
    /// <summary>Squared length of the residual, over the right-hand side's, at which the solution is good enough to rank by.</summary>
    private const double Tolerance = 1e-5;

    private const int MostSteps = 60;

    /// <summary>The weights that minimise Σ importance · (row · weights − target)² + penalty · |weights|².</summary>
    /// <param name="matrix">The rows.</param>
    /// <param name="targets">One a row.</param>
    /// <param name="importance">One a row; their mean is 1 by custom, so that penalties compare.</param>
    /// <param name="penalty">Above 0.</param>
    public static float[] Solve(DesignMatrix matrix, double[] targets, double[] importance, double penalty)
    {
        var weights = new float[matrix.Width];
        var residual = new float[matrix.Width];
        for (var row = 0; row < matrix.Rows; row++)
            matrix.AddTo(residual, row, (float)(importance[row] * targets[row]));
        var direction = (float[])residual.Clone();
        var product = new float[matrix.Width];
        var length = Dot(residual, residual);
        var enough = Tolerance * length;
        for (var step = 0; step < MostSteps && length > enough; step++)
        {
            Multiply(matrix, importance, penalty, direction, product);
            var along = (float)(length / Dot(direction, product));
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] += along * direction[i];
                residual[i] -= along * product[i];
            }

            var next = Dot(residual, residual);
            var turn = (float)(next / length);
            for (var i = 0; i < direction.Length; i++)
                direction[i] = residual[i] + (turn * direction[i]);
            length = next;
        }

        return weights;
    }

    private static void Multiply(DesignMatrix matrix, double[] importance, double penalty, float[] vector, float[] product)
    {
        for (var i = 0; i < vector.Length; i++)
            product[i] = (float)penalty * vector[i];
        for (var row = 0; row < matrix.Rows; row++)
            matrix.AddTo(product, row, (float)(importance[row] * matrix.Dot(row, vector)));
    }

    private static double Dot(float[] left, float[] right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
            sum += (double)left[i] * right[i];
        return sum;
    }
}
