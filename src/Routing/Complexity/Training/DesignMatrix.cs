using Gateway.Routing.Complexity.Features;

namespace Gateway.Routing.Complexity.Training;

/// <summary>Prompts as rows of a sparse matrix: grams first, the dense statistics as the last columns.</summary>
public sealed class DesignMatrix
{
    /// <summary>Columns of every matrix.</summary>
    public const int Columns = Grams.Space + DenseVector.Size;

    private readonly SparseValue[][] _rows;

    private DesignMatrix(SparseValue[][] rows) => _rows = rows;

    public int Rows => _rows.Length;

    /// <param name="prompts">One row each, in their order.</param>
    /// <param name="space">What the grams and statistics are measured by.</param>
    /// <param name="denseScale">What a standardised statistic is multiplied by: under ridge, how freely its weight may grow.</param>
    public static DesignMatrix Of(IReadOnlyList<LabelledPrompt> prompts, FeatureSpace space, float denseScale)
    {
        var rows = new SparseValue[prompts.Count][];
        for (var row = 0; row < rows.Length; row++)
            rows[row] = RowOf(prompts[row], space, denseScale);
        return new DesignMatrix(rows);
    }

    /// <summary>The rows at these places, shared with this matrix.</summary>
    public DesignMatrix Select(IReadOnlyList<int> rows) => new([.. rows.Select(row => _rows[row])]);

    /// <summary>row · weights.</summary>
    public double Dot(int row, float[] weights)
    {
        var sum = 0.0;
        foreach (var value in _rows[row])
            sum += value.Value * weights[value.Index];
        return sum;
    }

    /// <summary>sum += factor · row.</summary>
    internal void AddTo(float[] sum, int row, float factor)
    {
        foreach (var value in _rows[row])
            sum[value.Index] += factor * value.Value;
    }

    private static SparseValue[] RowOf(LabelledPrompt prompt, FeatureSpace space, float denseScale)
    {
        using var features = PromptFeatures.Read(prompt.Ask, prompt.ToolsJson);
        var sparse = features.Grams.Length;
        var row = new SparseValue[sparse + DenseVector.Size];
        space.Project(features, row.AsSpan(0, sparse));
        var dense = space.Standardise(features.Dense);
        for (var i = 0; i < DenseVector.Size; i++)
            row[sparse + i] = new SparseValue(Grams.Space + i, dense[i] * denseScale);
        return row;
    }
}
