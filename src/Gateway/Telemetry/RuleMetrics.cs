using Prometheus;

namespace Gateway.Telemetry;

/// <summary>The counters that say which rules decide, and which cannot.</summary>
internal static class RuleMetrics
{
    private static readonly Counter Matches = GatewayMetrics.Factory.CreateCounter(
        "gateway_rule_matches_total", "Requests whose condition a rule found fulfilled, by rule.", "rule");

    private static readonly Counter Errors = GatewayMetrics.Factory.CreateCounter(
        "gateway_rule_errors_total", "Requests for which a rule's condition had no value, so that it did not match, by rule.", "rule");

    public static void CountMatch(string rule) => Matches.WithLabels(rule).Inc();

    public static void CountError(string rule) => Errors.WithLabels(rule).Inc();
}
