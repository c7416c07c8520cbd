using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Gateway.Routing.Complexity;

namespace Gateway.Configuration;

/// <summary>The whole of <c>gateway.yaml</c>. Every default is written once, here or in the records below.</summary>
public sealed record GatewayOptions
{
    [Description("Listeners, request limits and drain.")]
    public ServerOptions Server { get; init; } = new();

    [Description("Groups of replicas that serve one model each, by name.")]
    public IReadOnlyDictionary<string, PoolOptions> Pools { get; init; } = new Dictionary<string, PoolOptions>();

    [Description("What callers may ask for, by name. Absent: every pool under its own name and under the name of the model it serves.")]
    public IReadOnlyDictionary<string, ModelOptions> Models { get; init; } = new Dictionary<string, ModelOptions>();

    [Description("Other names of the models above; a name may hold one or more *, and the pattern with the most literal characters wins.")]
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = new Dictionary<string, string>();

    [Description("What is done with requests that fulfil a condition, before their complexity is looked at; the first rule that matches wins.")]
    public IReadOnlyList<RuleOptions> Rules { get; init; } = [];

    [Description("How often a request may be tried again.")]
    public RetryOptions Retries { get; init; } = new();

    [Description("How streams outlive the replica that they come from.")]
    public ResumeOptions Resume { get; init; } = new();

    [Description("Which requests are answered from earlier answers. Absent: none, since only you know who may share what.")]
    public CacheOptions? Cache { get; init; }

    [Description("Which texts may pass, in and out. Absent: all.")]
    public GuardrailOptions? Guardrails { get; init; }

    [Description("How prompts are scored.")]
    public RoutingOptions Routing { get; init; } = new();

    [Description("Where the gateway keeps what it learns.")]
    public StateOptions State { get; init; } = new();
}

/// <summary>How prompts are scored for a cascade.</summary>
public sealed record RoutingOptions
{
    [Description("The complexity scorer, by name.")]
    [Policy(PolicyKind.Scorer)]
    public string Scorer { get; init; } = ComplexityScorers.Default;

    [Description("File with what the scorer learned has learned, made by training; read again when it changes. Absent: the one that comes with the gateway.")]
    public string? Artefact { get; init; }

    [Description("The rule of the scorer keywords; the others do not look at it.")]
    public KeywordOptions Keywords { get; init; } = new();

    [Description("Whether rules may read what the user wrote, as request.last_user_text.")]
    public bool RulesSeeText { get; init; }

    [Description("What is learned from outcomes, and how.")]
    public LearningOptions Learning { get; init; } = new();
}

/// <summary>How often a request may be tried again, and how much of the traffic may be retries.</summary>
public sealed record RetryOptions
{
    [Description("Attempts a request may make in one pool before the plan's next pool is tried.")]
    [Range(1, 10)]
    public int AttemptsPerPool { get; init; } = 3;

    [Description("Retries a pool may make as a share of the requests it received, so that a broken pool is not hit harder for being broken.")]
    [Range(0, 1)]
    public double BudgetRatio { get; init; } = 0.2;

    [Description("Retries per second that a pool may make whatever the share.")]
    [Range(0, 100_000)]
    public double BudgetPerSecond { get; init; } = 10;
}
