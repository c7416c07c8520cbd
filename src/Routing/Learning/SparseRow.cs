namespace Gateway.Routing.Learning;

/// <summary>A row of a sparse matrix: columns and their values.</summary>
internal readonly struct SparseRow(int[] columns, float[] values)
{
    public double Dot(ReadOnlySpan<double> dense)
    {
        var sum = 0.0;
        for (var i = 0; i < columns.Length; i++)
            sum += values[i] * dense[columns[i]];
        return sum;
    }

    public double Dot(ReadOnlySpan<float> dense)
    {
        var sum = 0.0;
        for (var i = 0; i < columns.Length; i++)
            sum += values[i] * dense[columns[i]];
        return sum;
    }

    public void AddTo(double[] dense, double times)
    {
        for (var i = 0; i < columns.Length; i++)
            dense[columns[i]] += times * values[i];
    }
}
