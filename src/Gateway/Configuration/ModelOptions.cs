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

    [Description("How the smaller pools' answers are judged before any of them is shown. Absent: they are shown as they come.")]
    public VerifyOptions? Verify { get; init; }

    [Description("Pools to try, in order, when those above cannot answer.")]
    public IReadOnlyList<string> Fallback { get; init; } = [];

    [Description("How this model's streams outlive their replicas. Absent: as resume says.")]
    public ResumeOptions? Resume { get; init; }

    [Description("The group of pools that requests for this model never leave, whatever fails. Absent: they may go to any pool named here.")]
    public string? Group { get; init; }

    [Description("LoRA adapter that answers for this model: sent as the model's name to the pools above, and to replicas that have it, if any is known to.")]
    public string? Adapter { get; init; }

    [Description("What is done with this model's answers. Absent: as cache says.")]
    public CachePolicyOptions? Cache { get; init; }

    [Description("The guards' policy for this model: a name under guardrails.policies, default, or none. Absent: default.")]
    public string? Guardrails { get; init; }

    [Description("Another model's way of routing, tried on some of this one's conversations.")]
    public TrialOptions? Trial { get; init; }
}

/// <summary>Another model's way of routing, tried on some conversations: for real, or only to log what it would do.</summary>
public sealed record TrialOptions
{
    [Description("The model whose routing is tried.")]
    public required string Model { get; init; }

    [Description("Share of the conversations that take part, in [0, 1]; a conversation takes part with all its turns or none.")]
    [Range(0, 1)]
    public double Share { get; init; } = 0.05;

    [Description("Whether the trial only decides and logs, while this model's own routing answers.")]
    public bool Shadow { get; init; }
}

/// <summary>A small and a large pool, and which requests the large one answers.</summary>
public sealed record CascadeOptions
{
    /// <summary>The large pool's share of the requests when the file asks for none: the 8B model answers most of a mixed traffic well.</summary>
    public const double DefaultShare = 0.30;

    [Description("The small pool, then the large one.")]
    [MinLength(2)]
    public required IReadOnlyList<string> Pools { get; init; }

    [Description("Share of the requests that the large pool answers, in [0, 1]: the hardest of late. Either this, cost_per_thousand or threshold; 0.3 when none is given.")]
    [Range(0, 1)]
    public double? LlmShare { get; init; }

    [Description("USD that a thousand requests shall cost; the share follows from the pools' prices and the size of recent requests.")]
    [Range(0, 1_000_000)]
    public double? CostPerThousand { get; init; }

    [Description("Score from which the large pool answers, in [0, 1], however many requests that makes.")]
    [Range(0, 1)]
    public double? Threshold { get; init; }

    [Description("Score from which the large pool answers even when its share is spent, in [0, 1]. Absent: none.")]
    [Range(0, 1)]
    public double? Floor { get; init; }

    [Description("The complexity scorer, by name. Absent: routing.scorer.")]
    [Policy(PolicyKind.Scorer)]
    public string? Scorer { get; init; }

    [Description("File with what the scorer learned goes by in this cascade, made by training; read again when it changes. Absent: routing.artefact.")]
    public string? Artefact { get; init; }
}
