using System.Collections.Immutable;
using Gateway.Configuration;
using Gateway.Routing;
using Gateway.Routing.Cascade;
using Gateway.Routing.Rules;
using Gateway.Routing.Rules.Cel;
using Gateway.Routing.Rules.Facts;

namespace Gateway.Hosting;

/// <summary>Compiles the rules of options that have passed every check.</summary>
internal static class RuleSetBuilder
{
    public static RuleSet Build(GatewayOptions options, Fleet fleet, ModelCatalog catalog)
    {
        var variables = RuleVariables.For(options.Pools.Keys, options.Routing.RulesSeeText);
        return new RuleSet([.. options.Rules.Select(rule => Build(rule))], new FleetMap(fleet));

        RoutingRule Build(RuleOptions rule) => new(
            rule.Name, CelCompiler.Compile(rule.When, variables).Program!, SharesOf(rule, fleet, catalog), RejectionOf(rule))
        {
            IsChain = rule.Chain,
            Priority = rule.Priority,
            Group = rule.Group,
        };
    }

    private static RuleRejection? RejectionOf(RuleOptions rule) =>
        rule.Reject is { } reject ? new RuleRejection(reject.Status, reject.Message) : null;

    private static ImmutableArray<RuleShare> SharesOf(RuleOptions rule, Fleet fleet, ModelCatalog catalog)
    {
        if (rule.Use.Count > 1)
            return [new RuleShare(new RuleTarget(string.Join(", ", rule.Use), [.. rule.Use.Select(pool => fleet[pool])], null), 1)];
        if (rule.Use.Count == 1)
            return [new RuleShare(TargetOf(rule.Use[0], fleet, catalog), 1)];
        var (shares, total, upTo) = (ImmutableArray.CreateBuilder<RuleShare>(), rule.Split.Values.Sum(), 0.0);
        foreach (var (name, weight) in rule.Split.Where(pair => pair.Value > 0))
        {
            upTo += weight / total;
            shares.Add(new RuleShare(TargetOf(name, fleet, catalog), upTo));
        }

        return shares.ToImmutable();
    }

    /// <summary>A pool by that name, else a model.</summary>
    private static RuleTarget TargetOf(string name, Fleet fleet, ModelCatalog catalog) =>
        fleet.Find(name) is { } pool ? new RuleTarget(name, [pool], null) : new RuleTarget(name, [], catalog.Find(name)!);
}
