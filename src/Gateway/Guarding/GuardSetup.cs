using System.Collections.Frozen;
using Gateway.Guardrails;
using Gateway.Routing.Cascade;
using Gateway.Routing.Rules;

namespace Gateway.Guarding;

/// <summary>What one configuration made of the guards.</summary>
/// <param name="usual">The policy that applies where nothing else is said.</param>
/// <param name="models">Policies of models, by the model's name.</param>
/// <param name="rules">Policies of rules, by the rule's name.</param>
public sealed class GuardSetup(GuardPolicy usual, FrozenDictionary<string, GuardPolicy> models, FrozenDictionary<string, GuardPolicy> rules)
{
    /// <summary>Whether routes whose texts are not inspected are served.</summary>
    public bool PassesOtherRoutes { get; init; }

    /// <summary>The policy that the model asked for, the model routed to and the rules that matched ask for; the rules have the last word.</summary>
    public GuardPolicy PolicyFor(ModelRoute asked, ModelRoute route, RuleDecision? ruling)
    {
        var policy = models.GetValueOrDefault(route.Name) ?? models.GetValueOrDefault(asked.Name) ?? usual;
        for (var i = 0; i < ruling?.Matched.Count && rules.Count > 0; i++)
            policy = rules.GetValueOrDefault(ruling.Matched[i].Name) ?? policy;
        return policy;
    }
}
