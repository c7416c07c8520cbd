using System.Collections.Immutable;
using Gateway.Configuration;
using Gateway.Routing;
using Gateway.Routing.Cascade;
using Gateway.Routing.Cascade.Checks;
using Gateway.Routing.Complexity;
using Gateway.Routing.Thresholds;

namespace Gateway.Hosting;

/// <summary>Builds the catalog of models: each with its pools, its way to choose, its trial.</summary>
/// <remarks>A threshold that holds a share goes on where the previous blueprint's stood, as long as the same scorer feeds it.</remarks>
internal static class CatalogBuilder
{
    public static ModelCatalog Build(GatewayOptions options, Fleet fleet, Blueprint? previous)
    {
        var routes = options.Models.Count > 0
            ? BuildRoutes(options, fleet, previous)
            : fleet.Pools.Select(pool => new ModelRoute(pool.Name, [pool], []) { MostResumes = options.Resume.Most, ResumesExactly = options.Resume.Exact }).ToList();
        var aliases = options.Aliases.Select(pair => KeyValuePair.Create(pair.Key, TargetOf(pair.Value, routes))).ToList();
        if (options.Models.Count == 0)
        {
            // Without a list of models a pool also answers to the name its replicas serve; the first pool wins.
            foreach (var route in routes.DistinctBy(route => route.Cascade[0].Model))
                aliases.Add(KeyValuePair.Create(route.Cascade[0].Model, route));
        }

        return new ModelCatalog(routes, aliases);
    }

    private static List<ModelRoute> BuildRoutes(GatewayOptions options, Fleet fleet, Blueprint? previous)
    {
        // What is tried has no trial of its own, so it can be built first.
        var routes = new Dictionary<string, ModelRoute>();
        foreach (var (name, model) in options.Models.OrderBy(pair => pair.Value.Trial is not null))
        {
            routes[name] = new ModelRoute(
                name, Pools(model, fleet), [.. model.Fallback.Select(pool => fleet[pool])], ChoiceOf(name, model, options, fleet, previous))
            {
                Group = model.Group,
                Adapter = model.Adapter,
                MostResumes = (model.Resume ?? options.Resume).Most,
                ResumesExactly = (model.Resume ?? options.Resume).Exact,
                Trial = model.Trial is { } trial ? new Trial(routes[trial.Model], trial.Share, trial.Shadow) : null,
            };
        }

        return [.. options.Models.Keys.Select(name => routes[name])];
    }

    private static ImmutableArray<Pool> Pools(ModelOptions model, Fleet fleet) =>
        model.Cascade is { } cascade ? [.. cascade.Pools.Select(pool => fleet[pool])] : [fleet[model.Pool!]];

    private static ModelRoute TargetOf(string model, List<ModelRoute> routes) =>
        routes.Find(route => route.Name == model) ?? routes.First(route => route.Cascade[0].Model == model);

    private static CascadeChoice? ChoiceOf(string name, ModelOptions model, GatewayOptions options, Fleet fleet, Blueprint? previous)
    {
        if (model.Cascade is not { } cascade)
            return null;
        var scorer = Scorers.Create(options.Routing, cascade);
        var before = previous?.Catalog.Routes.FirstOrDefault(route => route.Name == name)?.Choice;
        return new CascadeChoice(scorer, ThresholdOf(cascade, scorer, fleet, before)) { Verify = VerifyOf(model.Verify) };
    }

    private static IThreshold ThresholdOf(CascadeOptions cascade, IComplexityScorer scorer, Fleet fleet, CascadeChoice? before)
    {
        if (cascade.Threshold is { } threshold)
            return new FixedThreshold(threshold);
        IShareTarget target = cascade.CostPerThousand is { } usd
            ? new CostTarget(usd, fleet[cascade.Pools[0]].Price!.Value, fleet[cascade.Pools[^1]].Price!.Value)
            : new FixedShare(cascade.LlmShare ?? CascadeOptions.DefaultShare);
        var floor = cascade.Floor ?? double.PositiveInfinity;
        return before is { Threshold: ShareThreshold held } && before.Scorer.Version == scorer.Version
            ? new ShareThreshold(target, floor, held)
            : new ShareThreshold(target, floor, scorer.TypicalScores);
    }

    private static VerifySettings? VerifyOf(VerifyOptions? verify)
    {
        if (verify is null)
            return null;
        var least = verify.Price is { } price ? VerifySettings.BreakEven(price, verify.LargeRight) : verify.MinConfidence;
        var checks = verify.Checks is { } names ? AnswerChecks.Get(names) : AnswerChecks.All;
        return new VerifySettings(verify.Tokens, checks, verify.Logprobs, least, verify.Above) { HedgeMargin = verify.Hedge?.Margin };
    }
}
