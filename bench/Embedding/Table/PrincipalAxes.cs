namespace Gateway.Bench.Embedding.Table;

/// <summary>The directions in which vectors differ most: eigenvectors of their covariance, by Jacobi's rotations.</summary>
public static class PrincipalAxes
{
    // Rotations below this share of the largest entry change no float.
    private const double Negligible = 1e-9;

    /// <summary>The vectors in the first <paramref name="kept"/> axes, about their mean.</summary>
    public static float[] Project(float[] vectors, int width, int kept)
    {
        var rows = vectors.Length / width;
        var mean = new double[width];
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < width; i++)
                mean[i] += vectors[(row * width) + i] / (double)rows;
        }
        var centred = new float[vectors.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < width; i++)
                centred[(row * width) + i] = (float)(vectors[(row * width) + i] - mean[i]);
        }
        var axes = Axes(Covariance(centred, width));
        var result = new float[rows * kept];
        for (var row = 0; row < rows; row++)
        {
            var from = centred.AsSpan(row * width, width);
            for (var axis = 0; axis < kept; axis++)
                result[(row * kept) + axis] = System.Numerics.Tensors.TensorPrimitives.Dot(from, axes[axis]);
        }
        return result;
    }

    private static double[,] Covariance(float[] centred, int width)
    {
        var sums = new double[width, width];
        for (var row = 0; row < centred.Length / width; row++)
        {
            var from = centred.AsSpan(row * width, width);
            for (var i = 0; i < width; i++)
            {
                for (var j = i; j < width; j++)
                    sums[i, j] += (double)from[i] * from[j];
            }
        }
        for (var i = 0; i < width; i++)
        {
            for (var j = 0; j < i; j++)
                sums[i, j] = sums[j, i];
        }
        return sums;
    }

    private static float[][] Axes(double[,] matrix)
    {
        var width = matrix.GetLength(0);
        var vectors = new double[width, width];
        var largest = 0.0;
        for (var i = 0; i < width; i++)
        {
            vectors[i, i] = 1;
            largest = Math.Max(largest, matrix[i, i]);
        }
        var isTurning = true;
        for (var sweep = 0; sweep < 30 && isTurning; sweep++)
        {
            isTurning = false;
            for (var p = 0; p < width - 1; p++)
            {
                for (var q = p + 1; q < width; q++)
                {
                    if (Math.Abs(matrix[p, q]) > Negligible * largest)
                    {
                        Turn(matrix, vectors, p, q);
                        isTurning = true;
                    }
                }
            }
        }
        return [.. Enumerable.Range(0, width).OrderByDescending(i => matrix[i, i])
            .Select(axis => Enumerable.Range(0, width).Select(i => (float)vectors[i, axis]).ToArray())];
    }

    private static void Turn(double[,] matrix, double[,] vectors, int p, int q)
    {
        var theta = (matrix[q, q] - matrix[p, p]) / (2 * matrix[p, q]);
        var t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var c = 1 / Math.Sqrt((t * t) + 1);
        var s = t * c;
        for (var i = 0; i < matrix.GetLength(0); i++)
            (matrix[i, p], matrix[i, q]) = ((c * matrix[i, p]) - (s * matrix[i, q]), (s * matrix[i, p]) + (c * matrix[i, q]));
        for (var i = 0; i < matrix.GetLength(0); i++)
            (matrix[p, i], matrix[q, i]) = ((c * matrix[p, i]) - (s * matrix[q, i]), (s * matrix[p, i]) + (c * matrix[q, i]));
        for (var i = 0; i < matrix.GetLength(0); i++)
            (vectors[i, p], vectors[i, q]) = ((c * vectors[i, p]) - (s * vectors[i, q]), (s * vectors[i, p]) + (c * vectors[i, q]));
    }
}
