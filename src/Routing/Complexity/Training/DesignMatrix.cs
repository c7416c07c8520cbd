using Gateway.Routing.Complexity.Features;

namespace Gateway.Routing.Complexity.Training;

/// <summary>Prompts as rows of a sparse matrix: grams first, then the statistics that all forms share, then each form's own copy.</summary>
public sealed class DesignMatrix
{
    /// <summary>Columns of a matrix of labelled prompts.</summary>
    public const int Columns = Grams.Space + (DenseVector.Size * (1 + PromptForms.Count));

    private readonly SparseValue[][] _rows;

    /// <param name="rows">Values by column, each column at most once a row.</param>
    /// <param name="width">Columns.</param>
    internal DesignMatrix(SparseValue[][] rows, int width) => (_rows, Width) = (rows, width);

    /// <summary>Columns of this matrix.</summary>
    public int Width { get; }

    public int Rows => _rows.Length;

    /// <param name="prompts">One row each, in their order.</param>
    /// <param name="space">What the grams and statistics are measured by.</param>
    /// <param name="settings">How large the statistics stand beside the grams: under ridge, how freely their weights may grow.</param>
    public static DesignMatrix Of(IReadOnlyList<LabelledPrompt> prompts, FeatureSpace space, TrainingSettings settings)
    {
        var rows = new SparseValue[prompts.Count][];
        for (var row = 0; row < rows.Length; row++)
            rows[row] = RowOf(prompts[row], space, settings);
        return new DesignMatrix(rows, Columns);
    }

    internal static int SharedColumn(int feature) => Grams.Space + feature;

    internal static int FormColumn(PromptForm form, int feature) => Grams.Space + (DenseVector.Size * (1 + (int)form)) + feature;

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

    private static SparseValue[] RowOf(LabelledPrompt prompt, FeatureSpace space, TrainingSettings settings)
    {
        using var features = PromptFeatures.Read(prompt.Ask, prompt.ToolsJson);
        var sparse = features.Grams.Length;
        var row = new SparseValue[sparse + (2 * DenseVector.Size)];
        space.Project(features, row.AsSpan(0, sparse));
        var form = PromptForms.Of(features.Dense);
        var dense = space.Standardise(features.Dense);
        for (var i = 0; i < DenseVector.Size; i++)
        {
            var value = dense[i] * settings.DenseScale;
            row[sparse + i] = new SparseValue(SharedColumn(i), value);
            row[sparse + DenseVector.Size + i] = new SparseValue(FormColumn(form, i), value * settings.FormScale);
        }

        return row;
    }
}
