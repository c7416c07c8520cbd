using System.Collections.Frozen;
using Gateway.Guardrails;
using Gateway.Routing.Cascade;
using Gateway.Routing.Rules;
using Gateway.Telemetry;

namespace Gateway.Guarding;

/// <summary>What one configuration made of the guards.</summary>
/// <param name="usual">The policy that applies where nothing else is said.</param>
/// <param name="models">Policies of models, by the model's name.</param>
/// <param name="rules">Policies of rules, by the rule's name.</param>
public sealed class GuardSetup(GuardPolicy usual, FrozenDictionary<string, GuardPolicy> models, FrozenDictionary<string, GuardPolicy> rules)
{
    private readonly FrozenDictionary<GuardPolicy, PolicyMeters> _meters = ((IEnumerable<GuardPolicy>)[usual, .. models.Values, .. rules.Values])
        .Distinct<GuardPolicy>(ReferenceEqualityComparer.Instance)
        .ToFrozenDictionary<GuardPolicy, GuardPolicy, PolicyMeters>(static policy => policy, PolicyMeters.Of, ReferenceEqualityComparer.Instance);

    /// <summary>Whether routes whose texts are not inspected are served.</summary>
    public bool PassesOtherRoutes { get; init; }

    /// <summary>The policy that applies where nothing else is said.</summary>
    public GuardPolicy Usual => usual;

    /// <summary>Every policy that may apply.</summary>
    public IEnumerable<GuardPolicy> Policies => _meters.Keys;

    /// <summary>The policy that the model asked for, the model routed to and the rules that matched ask for; the rules have the last word.</summary>
    public GuardPolicy PolicyFor(ModelRoute asked, ModelRoute route, RuleDecision? ruling)
    {
        var policy = models.GetValueOrDefault(route.Name) ?? models.GetValueOrDefault(asked.Name) ?? usual;
        for (var i = 0; i < ruling?.Matched.Count && rules.Count > 0; i++)
            policy = rules.GetValueOrDefault(ruling.Matched[i].Name) ?? policy;
        return policy;
    }

    /// <summary>Whether texts to and from a model are inspected, as far as the model says.</summary>
    public bool Covers(ModelRoute route) => PolicyFor(route, route, null) is not { Input: [], Output: [] };

    /// <summary>Whether a policy has guards of requests that ask someone else.</summary>
    internal static bool AsksRemote(GuardPolicy policy)
    {
        foreach (var step in policy.Input)
        {
            if (step.Remote is not null)
                return true;
        }

        return false;
    }

    /// <summary>The counters of a policy, which were found when it was built.</summary>
    internal PolicyMeters MetersOf(GuardPolicy policy) => _meters[policy];
}
