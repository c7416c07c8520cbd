using System.Collections.Concurrent;
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

    /// <summary>A model's children, looked up without an array of labels.</summary>
    private static readonly ConcurrentDictionary<string, OfModel> Models = new();

    public static void Count(Exchange exchange, Savings? savings)
    {
        if (exchange is not { Plan: { } plan, Route: { } route })
            return;
        var model = Models.GetOrAdd(route.Name, static name => new OfModel(
            Scores.WithLabels(name), Saved.WithLabels(name), Freed.WithLabels(name, "prompt"), Freed.WithLabels(name, "completion")));
        if (plan.Score is { } score)
            model.Scores.Observe(score);
        if (savings is { } saved)
            model.Count(saved);
        if (exchange.Arm != Arm.None)
            CountArm(exchange, plan);
    }

    private static void CountArm(Exchange exchange, RoutePlan plan)
    {
        var arm = exchange.Arm switch { Arm.Trial => "trial", Arm.Shadow => "shadow", _ => "control" };
        Arms.WithLabels(exchange.Asked!.Name, arm, plan.Pools[0].Name).Inc();
        if (exchange.Arm == Arm.Shadow)
            Shadows.WithLabels(exchange.Asked.Name, exchange.ShadowPlan?.Pools[0] == plan.Pools[0] ? "yes" : "no").Inc();
    }

    private sealed record OfModel(Histogram.Child Scores, Counter.Child Saved, Counter.Child FreedPrompt, Counter.Child FreedCompletion)
    {
        public void Count(Savings saved)
        {
            Saved.Inc((double)saved.Usd);
            FreedPrompt.Inc(saved.Prompt);
            FreedCompletion.Inc(saved.Completion);
        }
    }
}
