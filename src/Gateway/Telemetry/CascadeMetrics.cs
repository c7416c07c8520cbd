using Gateway.Completions;
using Prometheus;

namespace Gateway.Telemetry;

/// <summary>The counters of answers that are judged before they are shown.</summary>
internal static class CascadeMetrics
{
    private static readonly Counter Verified = GatewayMetrics.Factory.CreateCounter(
        "gateway_cascade_verified_total", "Answers of a smaller pool that were to be judged, by verdict: shown, escalated or skipped.", "model", "verdict");

    private static readonly Counter Escalations = GatewayMetrics.Factory.CreateCounter(
        "gateway_escalations_total", "Answers too weak to show, by the check that said so.", "model", "cause");

    private static readonly Counter WeakShown = GatewayMetrics.Factory.CreateCounter(
        "gateway_cascade_weak_shown_total", "Weak answers that were shown because no larger pool could answer.", "model");

    private static readonly Counter ProbeCost = GatewayMetrics.Factory.CreateCounter(
        "gateway_cascade_probe_cost_usd_total", "USD for answers that were given up: weak ones of smaller pools, and hedges that were not needed.", "model");

    private static readonly Counter Hedges = GatewayMetrics.Factory.CreateCounter(
        "gateway_hedges_total", "Requests near the line that both pools were sent at once, by whose answer was shown: small, large or none.", "model", "won");

    private static readonly Histogram Hold = GatewayMetrics.Factory.CreateHistogram(
        "gateway_cascade_hold_seconds",
        "What judging added before the first byte: holding back the answer that was shown, and the whole of those given up.",
        ["model"],
        new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(0.001, 2, 16) });

    public static void Count(Exchange exchange)
    {
        if (exchange.Hedge is { } hedge)
            Hedges.WithLabels(exchange.Route!.Name, hedge.WonBy(exchange.AnsweredBy)).Inc();
        if ((exchange.Judging?.ProbeCost ?? 0) + (exchange.Hedge?.Cost ?? 0) is var cost and > 0)
            ProbeCost.WithLabels(exchange.Route!.Name).Inc((double)cost);
        if (exchange.Judging is not { } judging)
            return;
        var model = exchange.Route!.Name;
        foreach (var escalation in judging.Escalations)
        {
            Verified.WithLabels(model, "escalated").Inc();
            Escalations.WithLabels(model, escalation.Judgement.Cause!).Inc();
        }

        if (judging.Passed is not null)
            Verified.WithLabels(model, "shown").Inc();
        if (judging.Skipped is not null)
            Verified.WithLabels(model, "skipped").Inc();
        if (judging.Shown is not null)
            WeakShown.WithLabels(model).Inc();
        if (judging.Delay > TimeSpan.Zero)
            Hold.WithLabels(model).Observe(judging.Delay.TotalSeconds);
    }
}
