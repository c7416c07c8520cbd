using Gateway.Routing.Complexity.Features;

namespace Gateway.Routing.Complexity;

/// <summary>What a learned scorer has learned: weights, the space they are measured in, how its scores spread, and its card.</summary>
/// <remarks><see cref="ArtefactFormat"/> reads and writes it; one comes embedded, and an operator's own takes its place by file.</remarks>
public sealed record ScorerArtefact
{
    /// <summary>Quantiles of the score that an artefact carries: 0, 1, … 100 %.</summary>
    public const int QuantileCount = 101;

    /// <summary>The first 12 hexadecimal digits of the SHA-256 of the file; empty before it was ever written.</summary>
    public string Id { get; init; } = "";

    /// <summary>What it was trained on, under which licences, when, and how well it does; Markdown.</summary>
    public required string Card { get; init; }

    public required FeatureSpace Space { get; init; }

    /// <summary>One weight a bucket, <see cref="Grams.Space"/> of them, in steps of its block.</summary>
    public required sbyte[] GramWeights { get; init; }

    /// <summary>One unit of a word's weight.</summary>
    public required float WordStep { get; init; }

    /// <summary>One unit of a character run's weight.</summary>
    public required float CharacterStep { get; init; }

    /// <summary>Weights of the standardised statistics, one vector for each <see cref="PromptForm"/>.</summary>
    public required DenseVector[] DenseWeights { get; init; }

    /// <summary>How predictions become scores and gains.</summary>
    public required ScoreScale Scale { get; init; }

    /// <summary>The scores of training prompts that were left out when they were scored, at 0, 1, … 100 %: what seeds a threshold's window.</summary>
    public required float[] Quantiles { get; init; }
}
