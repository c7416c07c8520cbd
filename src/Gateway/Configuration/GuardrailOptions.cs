using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Gateway.Configuration;

/// <summary>Which texts may pass, in and out.</summary>
public sealed record GuardrailOptions
{
    /// <summary>The name of the policy that applies where nothing else is said.</summary>
    internal const string DefaultPolicy = "default";

    /// <summary>The name of the policy that inspects nothing.</summary>
    internal const string NoPolicy = "none";

    /// <summary>The <see cref="OtherRoutes"/> that are not served.</summary>
    internal const string Refuse = "refuse";

    /// <summary>The <see cref="OtherRoutes"/> that are served without inspection.</summary>
    internal const string Pass = "pass";

    [Description("Guards that inspect requests, in order. This and output are the policy called default.")]
    public IReadOnlyList<GuardStepOptions> Input { get; init; } = [];

    [Description("Guards that inspect answers, in order.")]
    public IReadOnlyList<GuardStepOptions> Output { get; init; } = [];

    [Description("What happens when a guard fails: shut, the text does not pass; open, it does. Each step may say otherwise; steps that ask a webhook have to say it.")]
    [Policy(PolicyKind.GuardFailure)]
    public string OnFailure { get; init; } = GuardStepOptions.Shut;

    [Description("Guards by name, with their settings. Without settings of their own exist: pii, secrets, injection, leak and json.")]
    public IReadOnlyDictionary<string, GuardOptions> Guards { get; init; } = new Dictionary<string, GuardOptions>();

    [Description("Further policies by name, which models and rules choose with guardrails: NAME; none is the one that inspects nothing.")]
    public IReadOnlyDictionary<string, GuardPolicyOptions> Policies { get; init; } = new Dictionary<string, GuardPolicyOptions>();

    [Description("How long text of a stream may be held back because something in it is not decided.")]
    public GuardWindowOptions Window { get; init; } = new();

    [Description("What becomes of routes other than chat completions, whose texts are not inspected: refuse or pass.")]
    [Policy(PolicyKind.OtherRoutes)]
    public string OtherRoutes { get; init; } = Refuse;
}

/// <summary>The guards of a policy.</summary>
public sealed record GuardPolicyOptions
{
    [Description("Guards that inspect requests, in order.")]
    public IReadOnlyList<GuardStepOptions> Input { get; init; } = [];

    [Description("Guards that inspect answers, in order.")]
    public IReadOnlyList<GuardStepOptions> Output { get; init; } = [];
}

/// <summary>One guard of a policy, and what follows from what it finds.</summary>
public sealed record GuardStepOptions
{
    internal const string Shut = "shut";

    internal const string Open = "open";

    internal const string Block = "block";

    internal const string Redact = "redact";

    [Description("The guard's name: pii, secrets, injection, leak, json, or one under guardrails.guards.")]
    public required string Guard { get; init; }

    [Description("What is done about a finding: block, redact or flag (count it and tell, let it pass).")]
    [Policy(PolicyKind.GuardAction)]
    public required string Action { get; init; }

    [Description("With redact, of requests: the answer's placeholders are replaced by what they stand for, for the caller alone.")]
    public bool Restore { get; init; }

    [Description("What happens when this guard fails: shut or open. Absent: as guardrails.on_failure says.")]
    [Policy(PolicyKind.GuardFailure)]
    public string? OnFailure { get; init; }
}

/// <summary>How long text of a stream may be held back; then it is judged as if it ended there.</summary>
public sealed record GuardWindowOptions
{
    [Description("Most text of one answer that is held back, in bytes.")]
    [ByteSize, Range(64, 65_536)]
    public int Bytes { get; init; } = 1024;

    [Description("The longest that text waits while the upstream is silent.")]
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(1);
}
