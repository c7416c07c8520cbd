using System.Collections.Immutable;
using Gateway.Routing.Rules.Cel.Values;
using Gateway.Routing.Rules.Facts;

namespace Gateway.Routing.Rules;

/// <summary>All rules, in their order: the first that matches decides, unless it chains or only gives a priority; then those below it are asked as well.</summary>
/// <remarks>Nothing is asked twice, so that chains end.</remarks>
/// <param name="rules">The rules.</param>
/// <param name="pools">The pools that their conditions may look at.</param>
public sealed class RuleSet(ImmutableArray<RoutingRule> rules, FleetMap pools)
{
    public ImmutableArray<RoutingRule> Rules { get; } = rules;

    public FleetMap Pools { get; } = pools;

    public RuleDecision Decide(RuleFacts facts)
    {
        var decision = new RuleDecision();
        foreach (var rule in Rules)
        {
            if (!rule.When.Holds(facts, out var fault, out var at))
            {
                if (fault != CelFault.None)
                    decision.AddFailure(new RuleFailure(rule, fault, at));
                continue;
            }

            decision.AddMatch(rule);
            decision.Rejection = rule.Rejection;
            decision.Priority = rule.Priority ?? decision.Priority;
            // The first that binds stands: a rule further down cannot let go what one above holds.
            decision.Group ??= rule.Group;
            if (rule.TargetFor(facts) is { } target)
                (decision.Target, facts.Model) = (target, target.Name);
            if (rule.IsLast)
                break;
        }

        if (decision.Rejection is not null)
            decision.Target = null;
        return decision;
    }
}
