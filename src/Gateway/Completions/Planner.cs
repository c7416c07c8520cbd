using Gateway.Completions.Prompts;
using Gateway.Protocol;
using Gateway.Routing.Cascade;

namespace Gateway.Completions;

/// <summary>Names the pools that shall answer: the model asked for, the caller's own steering, the prompt's complexity.</summary>
public sealed class Planner
{
    /// <summary>Request header with which a caller names the pool itself.</summary>
    public const string PoolHeader = "x-gateway-pool";

    /// <returns>The error to answer with, or null when the exchange has its route and plan.</returns>
    public ApiError? Plan(Exchange exchange)
    {
        var (blueprint, request) = (exchange.Blueprint, exchange.Request!);
        if (blueprint.Catalog.Find(request.Model) is not { } route)
            return ApiError.ModelNotFound(request.Model, blueprint.Catalog.Names);
        exchange.Route = route;
        if (exchange.Http.Request.Headers.TryGetValue(PoolHeader, out var wanted))
            return PlanSteered(exchange, wanted.ToString());
        exchange.Plan = PlanByPrompt(blueprint.Router, route, exchange.Body!.Span, request);
        return null;
    }

    /// <summary>Plans for one prompt; also what <c>gateway explain</c> shows.</summary>
    public static RoutePlan PlanByPrompt(CascadeRouter router, ModelRoute route, ReadOnlySpan<byte> body, ChatRequest request)
    {
        using var reading = new PromptReading(body, request);
        return router.Plan(route, reading.Prompt);
    }

    private static ApiError? PlanSteered(Exchange exchange, string wanted)
    {
        if (exchange.Blueprint.Fleet.Find(wanted) is not { } pool)
        {
            var known = string.Join(", ", exchange.Blueprint.Fleet.Pools.Select(known => known.Name));
            return ApiError.BadRequest("pool_not_found", $"The header {PoolHeader} names no pool: '{wanted}'. Known pools: {known}.", PoolHeader);
        }

        exchange.Plan = new RoutePlan([pool, .. exchange.Route!.Fallback.Where(other => other != pool)], "caller named the pool");
        return null;
    }
}
