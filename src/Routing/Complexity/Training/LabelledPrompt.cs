namespace Gateway.Routing.Complexity.Training;

/// <summary>A prompt with what both models scored on it.</summary>
public sealed record LabelledPrompt
{
    public required string Id { get; init; }

    /// <summary>The workload, or benchmark, and pair of models it comes from; gains are compared within one source only.</summary>
    public required string Source { get; init; }

    /// <summary>Rows of one group are variants of one question and stay on one side of every split.</summary>
    public required string Group { get; init; }

    /// <summary>The last user turn, UTF-8.</summary>
    public required byte[] Ask { get; init; }

    /// <summary>The offered tools as a JSON array, or empty.</summary>
    public byte[] ToolsJson { get; init; } = [];

    /// <summary>Quality of the small model's answer, in [0, 1].</summary>
    public required double Weak { get; init; }

    /// <summary>Quality of the large model's answer, in [0, 1].</summary>
    public required double Strong { get; init; }

    /// <summary>Mean quality of other small models' answers, where known.</summary>
    public double? OtherWeak { get; init; }

    /// <summary>Mean quality of other large models' answers, where known.</summary>
    public double? OtherStrong { get; init; }

    public double Gain => Strong - Weak;
}
