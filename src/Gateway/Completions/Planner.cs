using Gateway.Completions.Prompts;
using Gateway.Completions.Ruling;
using Gateway.Learning;
using Gateway.Protocol;
using Gateway.Routing.Cascade;
using Gateway.Routing.Conversations;
using Gateway.Routing.Learning;

namespace Gateway.Completions;

/// <summary>Names the pools that shall answer: the model asked for, the operator's rules, the caller's own steering, the prompt's complexity.</summary>
public sealed class Planner(RulePlanner rules, OutcomeDesk desk)
{
    /// <summary>Request header with which a caller names the pool itself.</summary>
    public const string PoolHeader = "x-gateway-pool";

    /// <summary>Finds who may answer, without a look at the prompt's complexity: the route, what the rules say, the group, and the plan where a rule or the caller names it.</summary>
    /// <returns>The error to answer with, or null when the exchange has its route.</returns>
    public ApiError? Resolve(Exchange exchange)
    {
        var (blueprint, request) = (exchange.Blueprint, exchange.Request!);
        if (blueprint.Catalog.Find(request.Model) is not { } route)
            return ApiError.ModelNotFound(request.Model, blueprint.Catalog.Names);
        (exchange.Asked, exchange.Route) = (route, route);
        var isSteered = exchange.Http.Request.Headers.TryGetValue(PoolHeader, out var wanted);
        if (!isSteered && route.Trial is { } trial)
            TakeTrial(exchange, trial);
        if (rules.Apply(exchange) is { } rejected)
            return rejected;
        if (isSteered && PlanSteered(exchange, wanted.ToString()) is { } unknown)
            return unknown;
        exchange.Plan ??= RulePlanner.PlanOf(exchange.Ruling, route, TokenEstimate.OfBody(exchange.Body!.Length));
        var told = (route.Group, exchange.Ruling?.Group, exchange.Route.Group);
        var noGroup = GroupBond.Find(exchange.Http.Request.Headers, blueprint.Fleet, told, out var group);
        exchange.BoundTo = group;
        return noGroup;
    }

    /// <summary>Plans by the prompt's complexity where no plan is made yet, and takes out of the plan whatever lies outside the request's group.</summary>
    /// <returns>The error to answer with, or null when the exchange has its plan.</returns>
    public ApiError? Plan(Exchange exchange)
    {
        if (exchange is { Arm: Arm.Shadow, Asked.Trial: { } trial, Conversation: { } conversation })
            exchange.ShadowPlan = PlanShadow(exchange, trial.Route, conversation.Apart());
        var plan = exchange.Plan ?? PlanByPrompt(exchange);
        if (exchange.Ruling is { Priority: { } priority })
            plan = plan with { Priority = priority };
        var nothingLeft = GroupBond.Bind(ref plan, exchange.Route!.Name, exchange.BoundTo);
        exchange.Plan = plan;
        return nothingLeft;
    }

    /// <summary>Plans for one prompt; also what <c>gateway explain</c> shows.</summary>
    public static RoutePlan PlanByPrompt(
        CascadeRouter router, ModelRoute route, ReadOnlySpan<byte> body, ChatRequest request, ConversationKey? conversation = null, SketchPad? pad = null)
    {
        using var reading = new PromptReading(body, request, route.Choice is { Scorer.ReadsConversation: true });
        return router.Plan(route, reading.Prompt, conversation, pad);
    }

    private RoutePlan PlanByPrompt(Exchange exchange)
    {
        var (route, body, request) = (exchange.Route!, exchange.Body!, exchange.Request!);
        if (route.Choice is not null)
            exchange.Conversation ??= ConversationIdentity.Of(exchange.Http.Request.Headers, body.Span, request);
        desk.Open(exchange);
        var plan = PlanByPrompt(exchange.Blueprint.Router, route, body.Span, request, exchange.Conversation, exchange.Pad);
        return RulePlanner.Explained(plan, exchange.Ruling);
    }

    /// <summary>Routes a conversation that takes part in a trial the other way, or marks it for its shadow.</summary>
    private static void TakeTrial(Exchange exchange, Trial trial)
    {
        var conversation = ConversationIdentity.Of(exchange.Http.Request.Headers, exchange.Body!.Span, exchange.Request!);
        exchange.Conversation = conversation;
        if (!trial.Takes(conversation))
            exchange.Arm = Arm.Control;
        else if (trial.IsShadow)
            exchange.Arm = Arm.Shadow;
        else
            (exchange.Arm, exchange.Route) = (Arm.Trial, trial.Route);
    }

    /// <summary>What the other way would have planned, its rules included; null when a rule would have turned the request away.</summary>
    private RoutePlan? PlanShadow(Exchange exchange, ModelRoute other, ConversationKey conversation)
    {
        var (blueprint, body, request) = (exchange.Blueprint, exchange.Body!, exchange.Request!);
        var ruling = rules.Decide(exchange, other.Name);
        if (ruling?.Rejection is not null)
            return null;
        return RulePlanner.PlanOf(ruling, other, TokenEstimate.OfBody(body.Length))
            ?? RulePlanner.Explained(PlanByPrompt(blueprint.Router, ruling?.Target?.Model ?? other, body.Span, request, conversation), ruling);
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
