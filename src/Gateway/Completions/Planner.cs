using System.Buffers;
using Gateway.Protocol;
using Gateway.Routing.Cascade;
using Gateway.Routing.Complexity;

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
        var ask = request.Ask;
        var length = ask < 0 ? 0 : request.Turns[ask].Content.Length;
        var text = ArrayPool<byte>.Shared.Rent(Math.Max(length, 1));
        try
        {
            var written = ask < 0 ? 0 : TurnText.CopyTo(body, request.Turns[ask], text);
            return router.Plan(route, PromptOf(request, body, text.AsSpan(0, written)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }
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

    private static Prompt PromptOf(ChatRequest request, ReadOnlySpan<byte> body, ReadOnlySpan<byte> ask)
    {
        var (system, history, users, results, attachments) = (0, 0, 0, 0, 0);
        for (var i = 0; i < request.Turns.Count; i++)
        {
            var turn = request.Turns[i];
            attachments += turn.Attachments;
            users += turn.Role == TurnRole.User ? 1 : 0;
            results += turn.Role == TurnRole.Tool ? 1 : 0;
            if (turn.Role == TurnRole.System)
                system += turn.TextBytes;
            else if (i != request.Ask)
                history += turn.TextBytes;
        }

        return new Prompt
        {
            Ask = ask,
            ToolsJson = request.ToolsValue.In(body),
            SystemBytes = system,
            HistoryBytes = history,
            UserTurns = users,
            ToolResults = results,
            Tools = request.Tools,
            Attachments = attachments,
            EstimatedTokens = TokenEstimate.OfBody(attachments > 0 ? system + history + ask.Length : body.Length),
        };
    }
}
