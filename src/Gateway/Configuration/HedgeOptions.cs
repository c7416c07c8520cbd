using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Gateway.Configuration;

/// <summary>Which prompts both pools are asked about at once.</summary>
public sealed record HedgeOptions
{
    [Description("How far below the line a prompt may lie, in [0.01, 1]: score points with a threshold, quantile points with a share or a cost.")]
    [Range(0.01, 1)]
    public double Margin { get; init; } = 0.05;
}
