using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Gateway.Configuration;

/// <summary>A name that callers may ask for: one pool, or a cascade of pools.</summary>
public sealed record ModelOptions
{
    [Description("The pool that answers. Either this or cascade.")]
    public string? Pool { get; init; }

    [Description("Pools from small to large, chosen by the prompt's complexity. Either this or pool.")]
    public CascadeOptions? Cascade { get; init; }

    [Description("Pools to try, in order, when those above cannot answer.")]
    public IReadOnlyList<string> Fallback { get; init; } = [];
}

/// <summary>A small and a large pool, and the score from which the large one answers.</summary>
public sealed record CascadeOptions
{
    [Description("The small pool, then the large one.")]
    [MinLength(2)]
    public required IReadOnlyList<string> Pools { get; init; }

    [Description("Complexity from which the large pool answers, in [0, 1].")]
    [Range(0, 1)]
    public double Threshold { get; init; } = 0.5;
}
