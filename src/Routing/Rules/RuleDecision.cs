using Gateway.Routing.Rules.Cel.Syntax;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules;

/// <summary>What the rules made of a request.</summary>
public sealed class RuleDecision
{
    private readonly List<RoutingRule> _matched = new(1);
    private List<RuleFailure>? _failures;

    /// <summary>The rules that matched, in order: all but the last of them chain or only give a priority.</summary>
    public IReadOnlyList<RoutingRule> Matched => _matched;

    /// <summary>The rules whose condition had no value.</summary>
    public IReadOnlyList<RuleFailure> Failures => (IReadOnlyList<RuleFailure>?)_failures ?? [];

    /// <summary>Where the request goes; null when no rule says so or one turned it away.</summary>
    public RuleTarget? Target { get; internal set; }

    public RuleRejection? Rejection { get; internal set; }

    /// <summary>The priority it gets upstream; null when no rule gives it one.</summary>
    public int? Priority { get; internal set; }

    /// <summary>The group it may not leave; null when no rule binds it.</summary>
    public string? Group { get; internal set; }

    internal void AddMatch(RoutingRule rule) => _matched.Add(rule);

    internal void AddFailure(RuleFailure failure) => (_failures ??= []).Add(failure);
}

/// <summary>A condition that had no value for a request.</summary>
/// <param name="Rule">The rule, which then does not match.</param>
/// <param name="Fault">Why.</param>
/// <param name="At">Where in the condition.</param>
public sealed record RuleFailure(RoutingRule Rule, CelFault Fault, TextPosition At);
