using Gateway.Completions;
using Prometheus;

namespace Gateway.Telemetry;

/// <summary>The counters behind <c>/metrics</c>.</summary>
internal static class GatewayMetrics
{
    private static readonly Counter Requests = Metrics.CreateCounter(
        "gateway_requests_total", "Chat requests by the model's route, the pool that answered and how they ended.", "model", "pool", "outcome");

    private static readonly Histogram Seconds = Metrics.CreateHistogram(
        "gateway_request_duration_seconds", "From a chat request's arrival to its end.", ["pool"],
        new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(0.005, 2, 16) });

    private static readonly Counter Faults = Metrics.CreateCounter(
        "gateway_upstream_faults_total", "Attempts that gave no answer, or whose answer broke, by pool and kind.", "pool", "kind");

    private static readonly Counter ReloadFailures = Metrics.CreateCounter(
        "gateway_config_reload_failures_total", "Configuration files that were found changed and invalid.");

    public static void Count(Exchange exchange, string outcome, TimeSpan took)
    {
        var pool = exchange.AnsweredBy?.Pool.Name ?? "";
        Requests.WithLabels(exchange.Route?.Name ?? "", pool, outcome).Inc();
        Seconds.WithLabels(pool).Observe(took.TotalSeconds);
        foreach (var attempt in exchange.Attempts)
        {
            if (attempt.Fault is { } fault)
                Faults.WithLabels(attempt.Pool.Name, fault.Kind.ToString()).Inc();
        }

        if (exchange.BrokenBy is { } broken)
            Faults.WithLabels(pool, broken.Kind.ToString()).Inc();
    }

    public static void CountReloadFailure() => ReloadFailures.Inc();
}
