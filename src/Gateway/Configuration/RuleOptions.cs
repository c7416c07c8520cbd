using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Gateway.Configuration;

/// <summary>A condition on requests, and what becomes of those that fulfil it.</summary>
public sealed record RuleOptions
{
    [Description("The rule's name, in response headers, logs and metrics.")]
    public required string Name { get; init; }

    [Description("The condition, in the Common Expression Language; docs/rules.md lists its variables.")]
    [Expression]
    public required string When { get; init; }

    [Description("Where matching requests go: a pool or a model, or several pools in the order to try. Either this, split or reject.")]
    [OneOrMany]
    public IReadOnlyList<string> Use { get; init; } = [];

    [Description("Pools or models with their weights; a conversation stays where it was drawn to. Either this, use or reject.")]
    [Range(0, 1_000_000)]
    public IReadOnlyDictionary<string, double> Split { get; init; } = new Dictionary<string, double>();

    [Description("How matching requests are turned away. Either this, use or split.")]
    public RejectOptions? Reject { get; init; }

    [Description("vLLM's priority of matching requests, lower being earlier; beside use or split, or alone: then the rules below are asked as well.")]
    [Range(-1_000_000, 1_000_000)]
    public int? Priority { get; init; }

    [Description("The group of pools that matching requests may not leave; beside use or split, or alone: then the rules below are asked as well.")]
    public string? Group { get; init; }

    [Description("What is done with the answers to matching requests; beside use or split, or alone: then the rules below are asked as well.")]
    public CachePolicyOptions? Cache { get; init; }

    [Description("The guards' policy for matching requests, or none; beside use or split, or alone: then the rules below are asked as well.")]
    public string? Guardrails { get; init; }

    [Description("Whether the rules below are asked as well, with the model changed to what this one chose.")]
    public bool Chain { get; init; }
}

/// <summary>How a rule turns requests away.</summary>
public sealed record RejectOptions
{
    [Description("HTTP status.")]
    [Range(400, 599)]
    public int Status { get; init; } = 403;

    [Description("What the caller reads.")]
    public required string Message { get; init; }
}
