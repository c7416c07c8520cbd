using Gateway.Completions.Prompts;
using Gateway.Completions.Ruling;
using Gateway.Protocol;
using Gateway.Routing.Cascade;
using Gateway.Routing.Conversations;

namespace Gateway.Completions;

/// <summary>Names the pools that shall answer: the model asked for, the operator's rules, the caller's own steering, the prompt's complexity.</summary>
public sealed class Planner(RulePlanner rules)
{
    /// <summary>Request header with which a caller names the pool itself.</summary>
    public const string PoolHeader = "x-gateway-pool";

    /// <returns>The error to answer with, or null when the exchange has its route and plan.</returns>
    public ApiError? Plan(Exchange exchange)
    {
        var (blueprint, request) = (exchange.Blueprint, exchange.Request!);
        if (blueprint.Catalog.Find(request.Model) is not { } route)
            return ApiError.ModelNotFound(request.Model, blueprint.Catalog.Names);
        (exchange.Asked, exchange.Route) = (route, route);
        if (rules.Apply(exchange) is { } rejected)
            return rejected;
        if (exchange.Http.Request.Headers.TryGetValue(PoolHeader, out var wanted))
            return PlanSteered(exchange, wanted.ToString());
        exchange.Plan = RulePlanner.PlanOf(exchange.Ruling, route, TokenEstimate.OfBody(exchange.Body!.Length));
        if (exchange.Plan is not null)
            return null;
        if (exchange.Route.Choice is not null || exchange.Route.Trial is not null)
            exchange.Conversation = ConversationIdentity.Of(exchange.Http.Request.Headers, exchange.Body!.Span, request);
        if (exchange.Ruling is null)
            TakeTrial(exchange);
        var plan = PlanByPrompt(blueprint.Router, exchange.Route, exchange.Body!.Span, request, exchange.Conversation);
        exchange.Plan = RulePlanner.Explained(plan, exchange.Ruling);
        return null;
    }

    /// <summary>Plans for one prompt; also what <c>gateway explain</c> shows.</summary>
    public static RoutePlan PlanByPrompt(
        CascadeRouter router, ModelRoute route, ReadOnlySpan<byte> body, ChatRequest request, ConversationKey? conversation = null)
    {
        using var reading = new PromptReading(body, request, route.Choice is { Scorer.ReadsConversation: true });
        return router.Plan(route, reading.Prompt, conversation);
    }

    /// <summary>Routes a conversation that takes part in a trial the other way, or notes what the other way would have been.</summary>
    private static void TakeTrial(Exchange exchange)
    {
        if (exchange.Route!.Trial is not { } trial || exchange.Conversation is not { } conversation)
            return;
        if (!trial.Takes(conversation))
        {
            exchange.Arm = Arm.Control;
            return;
        }

        exchange.Arm = trial.IsShadow ? Arm.Shadow : Arm.Trial;
        if (trial.IsShadow)
            exchange.ShadowPlan = PlanByPrompt(exchange.Blueprint.Router, trial.Route, exchange.Body!.Span, exchange.Request!, conversation.Apart());
        else
            exchange.Route = trial.Route;
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
