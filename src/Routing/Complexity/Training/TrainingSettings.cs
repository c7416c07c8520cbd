namespace Gateway.Routing.Complexity.Training;

/// <summary>How a scorer is trained. The defaults were chosen on the routing data by cross-validation and with each source left out.</summary>
public sealed record TrainingSettings
{
    /// <summary>Ridge penalty, for rows of mean importance 1 and blocks of length 1.</summary>
    public double Penalty { get; init; } = 10;

    /// <summary>What a standardised statistic is multiplied by before the penalty sees it.</summary>
    public float DenseScale { get; init; } = 0.05f;

    /// <summary>The same for the copy of the statistics that each form has, over <see cref="DenseScale"/>.</summary>
    public float FormScale { get; init; } = 1;

    /// <summary>Added to the weight of a running text's length, in deviations of gain a deviation of length.</summary>
    /// <remarks>
    /// Length alone ranks word problems (the GSM8K part of llmrouter_mix) at 0.55 APGR, a model without this prior at 0.52, with it
    /// at 0.53; few of the prompts trained on are such. The cross-validated mean over all sources pays 0.001 for it.
    /// </remarks>
    public float ProseLengthPrior { get; init; } = 0.1f;

    /// <summary>How much of a row's label comes from other models of the same class, where the data know them; in [0, 1].</summary>
    public double Smoothing { get; init; } = 0.3;

    /// <summary>Rows of a source of n weigh n^(this − 1): 0 weighs sources alike, 1 rows alike.</summary>
    public double SizePower { get; init; } = 0.5;

    /// <summary>Parts in which the rows are left out to measure how scores spread.</summary>
    public int Folds { get; init; } = 4;

    /// <summary>Deals groups into folds.</summary>
    public int Seed { get; init; } = 1;
}
