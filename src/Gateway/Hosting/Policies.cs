using Gateway.Configuration;
using Gateway.Routing.Balancing;
using Gateway.Routing.Cascade.Checks;
using Gateway.Routing.Complexity;

namespace Gateway.Hosting;

/// <summary>The policies that this build knows by name, for the checks of the configuration.</summary>
public static class Policies
{
    public static readonly KnownPolicies Known = new(
        [.. ComplexityScorers.Names.Order(StringComparer.Ordinal)], [.. ReplicaPickers.Names.Order(StringComparer.Ordinal)],
        [.. AnswerChecks.Names]);
}
