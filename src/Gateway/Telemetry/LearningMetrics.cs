using Gateway.Routing.Learning;
using Prometheus;

namespace Gateway.Telemetry;

/// <summary>The counters that say what is learned from, what comes of it, and what shadow calls cost.</summary>
internal static class LearningMetrics
{
    private static readonly Counter Outcomes = GatewayMetrics.Factory.CreateCounter(
        "gateway_outcomes_total", "Outcomes taken to learn from, by model and kind.", "model", "kind");

    private static readonly Counter Dropped = GatewayMetrics.Factory.CreateCounter(
        "gateway_outcomes_dropped_total", "Outcomes that found no room, or no state store for too long.");

    private static readonly Counter Versions = GatewayMetrics.Factory.CreateCounter(
        "gateway_corrections_total", "Corrections by what became of them: tried, promoted, rolled back.", "model", "step");

    private static readonly Counter ShadowCalls = GatewayMetrics.Factory.CreateCounter(
        "gateway_shadow_calls_total", "Calls of a cascade's other pool, or of the judge, by pool and how they ended.", "pool", "outcome");

    private static readonly Counter ShadowCost = GatewayMetrics.Factory.CreateCounter(
        "gateway_shadow_cost_usd_total", "What shadow calls cost by the price of the pool's tokens.", "pool");

    public static void CountOutcome(string model, OutcomeKind kind) => Outcomes.WithLabels(model, kind.ToString()).Inc();

    public static void CountDropped(int count = 1) => Dropped.Inc(count);

    public static void CountVersion(string model, string step) => Versions.WithLabels(model, step).Inc();

    public static void CountShadowCall(string pool, string outcome) => ShadowCalls.WithLabels(pool, outcome).Inc();

    public static void CountShadowCost(string pool, decimal usd) => ShadowCost.WithLabels(pool).Inc((double)usd);
}
