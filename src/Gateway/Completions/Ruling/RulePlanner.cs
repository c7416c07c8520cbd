using Gateway.Protocol;
using Gateway.Routing.Cascade;
using Gateway.Routing.Rules;
using Gateway.Telemetry;

namespace Gateway.Completions.Ruling;

/// <summary>Asks the rules before the complexity is asked: what they decide, and what of it is counted and logged.</summary>
public sealed class RulePlanner(ILogger<RulePlanner> log, TimeProvider time)
{
    /// <summary>Asks the rules of a request's blueprint; a model that they choose becomes its route.</summary>
    /// <returns>The error to answer with where a rule turns the request away.</returns>
    public ApiError? Apply(Exchange exchange)
    {
        // A conversation that is tried is routed as the model that is tried, so that a set of rules can be tried too.
        var named = exchange.Arm == Arm.Trial ? exchange.Route!.Name : exchange.Request!.Model;
        if (Decide(exchange, named) is not { } decision)
            return null;
        Report(decision);
        if (decision.Rejection is { } rejection)
        {
            exchange.Http.Response.Headers[Delivery.GatewayHeaders.Route] = ReasonOf(decision);
            return new ApiError(rejection.Status, TypeOf(rejection.Status), "rejected_by_rule", rejection.Message);
        }

        exchange.Ruling = decision;
        if (decision.Target?.Model is { } model)
            exchange.Route = model;
        return null;
    }

    /// <summary>What the rules make of a request that asks for this model; nothing of it is counted or logged.</summary>
    /// <returns>Null when there are no rules.</returns>
    public RuleDecision? Decide(Exchange exchange, string model)
    {
        var (rules, http) = (exchange.Blueprint.Rules, exchange.Http.Request);
        return rules.Rules.IsEmpty
            ? null
            : rules.Decide(new RequestFacts(exchange.Body!.Memory, exchange.Request!, http.Headers, http.Query, exchange.Blueprint, time) { Model = model });
    }

    /// <summary>The plan of a rule that names pools: one alone is helped out by the fallback of the model asked for.</summary>
    /// <returns>Null when no rule names pools.</returns>
    public static RoutePlan? PlanOf(RuleDecision? ruling, ModelRoute asked, int promptTokens) =>
        ruling is not { Target: { Model: null, Pools: var pools } } ? null
        : pools.Length > 1 ? CascadeRouter.PlanRuled(pools, ReasonOf(ruling), promptTokens)
        : CascadeRouter.PlanRuled([pools[0], .. asked.Fallback.Where(other => other != pools[0])], ReasonOf(ruling), promptTokens);

    /// <summary>The plan that was made where no rule names pools, with the rules that matched named first.</summary>
    public static RoutePlan Explained(RoutePlan plan, RuleDecision? ruling) =>
        ruling is null or { Matched.Count: 0 } ? plan : plan with { Reason = $"{ReasonOf(ruling)}; {plan.Reason}" };

    private static string ReasonOf(RuleDecision decision) =>
        decision.Matched.Count == 1 ? $"rule {decision.Matched[0].Name}" : $"rules {string.Join(", ", decision.Matched.Select(rule => rule.Name))}";

    private static string TypeOf(int status) => status switch
    {
        401 => "authentication_error",
        403 => "permission_error",
        429 => "rate_limit_error",
        >= 500 => "service_unavailable",
        _ => "invalid_request_error",
    };

    private void Report(RuleDecision decision)
    {
        foreach (var rule in decision.Matched)
            RuleMetrics.CountMatch(rule.Name);
        foreach (var (rule, fault, at) in decision.Failures)
        {
            RuleMetrics.CountError(rule.Name);
            if (rule.NoteFailure())
                log.RuleFailed(rule.Name, fault.ToString(), at.Line, at.Column);
        }
    }
}
