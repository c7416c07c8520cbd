using Gateway.Accounting;
using Gateway.Completions;
using Gateway.Routing.Cascade;
using Prometheus;

namespace Gateway.Telemetry;

/// <summary>The counters that say what routing decides and what that saves.</summary>
internal static class RoutingMetrics
{
    private static readonly Counter Saved = GatewayMetrics.Factory.CreateCounter(
        "gateway_savings_usd_total", "Token spend avoided because a smaller pool of a cascade answered, by the large pool's price.", "model");

    private static readonly Counter Freed = GatewayMetrics.Factory.CreateCounter(
        "gateway_large_pool_tokens_freed_total", "Tokens that the large pool of a cascade did not have to take, by kind.", "model", "kind");

    private static readonly Counter Arms = GatewayMetrics.Factory.CreateCounter(
        "gateway_trial_requests_total", "Requests of models that have a trial, by arm and by the pool that was planned first.", "model", "arm", "pool");

    private static readonly Counter Shadows = GatewayMetrics.Factory.CreateCounter(
        "gateway_trial_shadow_decisions_total", "Decisions logged beside the real ones, by whether both named the same pool.", "model", "agrees");

    private static readonly Histogram Scores = GatewayMetrics.Factory.CreateHistogram(
        "gateway_complexity_score", "Scores of the prompts that were scored.", ["model"],
        new HistogramConfiguration { Buckets = Histogram.LinearBuckets(0.1, 0.1, 9) });

    public static void Count(Exchange exchange, Savings? savings)
    {
        if (exchange is not { Plan: { } plan, Route: { } route })
            return;
        if (plan.Score is { } score)
            Scores.WithLabels(route.Name).Observe(score);
        if (savings is { } saved)
            Count(route.Name, saved);
        if (exchange.Arm != Arm.None)
            CountArm(exchange, plan);
    }

    private static void Count(string model, Savings saved)
    {
        Saved.WithLabels(model).Inc((double)saved.Usd);
        Freed.WithLabels(model, "prompt").Inc(saved.Prompt);
        Freed.WithLabels(model, "completion").Inc(saved.Completion);
    }

    private static void CountArm(Exchange exchange, RoutePlan plan)
    {
        var arm = exchange.Arm switch { Arm.Trial => "trial", Arm.Shadow => "shadow", _ => "control" };
        Arms.WithLabels(exchange.Asked!.Name, arm, plan.Pools[0].Name).Inc();
        if (exchange.Arm == Arm.Shadow)
            Shadows.WithLabels(exchange.Asked.Name, exchange.ShadowPlan?.Pools[0] == plan.Pools[0] ? "yes" : "no").Inc();
    }
}
