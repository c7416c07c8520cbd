using System.Collections.Concurrent;
using Gateway.Completions;
using Prometheus;

namespace Gateway.Telemetry;

/// <summary>The counters behind <c>/metrics</c>.</summary>
/// <remarks>
/// In a registry of their own: the default one listens to every meter of the framework from the first scrape on, which costs
/// each request more than all of these together.
/// </remarks>
internal static class GatewayMetrics
{
    private static readonly CollectorRegistry Registry = Metrics.NewCustomRegistry();

    internal static readonly MetricFactory Factory = Metrics.WithCustomRegistry(Registry);

    private static readonly Counter Requests = Factory.CreateCounter(
        "gateway_requests_total", "Chat requests by the model's route, the pool that answered and how they ended.", "model", "pool", "outcome");

    private static readonly Histogram Seconds = Factory.CreateHistogram(
        "gateway_request_duration_seconds", "From a chat request's arrival to its end.", ["pool"],
        new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(0.005, 2, 16) });

    private static readonly Counter Faults = Factory.CreateCounter(
        "gateway_upstream_faults_total", "Attempts that gave no answer, or whose answer broke, by pool and kind.", "pool", "kind");

    private static readonly Counter ReloadFailures = Factory.CreateCounter(
        "gateway_config_reload_failures_total", "Configuration files that were found changed and invalid.");

    private static readonly Counter StateFailures = Factory.CreateCounter(
        "gateway_state_failures_total", "Calls of the state store that failed or took too long; requests do not wait for them.");

    /// <summary>Label sets are few, for they come from the configuration; their children are looked up without an array of labels.</summary>
    private static readonly ConcurrentDictionary<(string Model, string Pool, string Outcome), Counter.Child> RequestChildren = new();

    private static readonly ConcurrentDictionary<string, Histogram.Child> SecondsChildren = new();

    static GatewayMetrics() => DotNetStats.Register(Registry);

    public static Task WriteAsync(Stream output, CancellationToken cancel) => Registry.CollectAndExportAsTextAsync(output, cancel);

    public static void Count(Exchange exchange, string outcome, TimeSpan took)
    {
        var pool = exchange.AnsweredBy?.Pool.Name ?? "";
        RequestChildren.GetOrAdd(
            (exchange.Route?.Name ?? "", pool, outcome), static labels => Requests.WithLabels(labels.Model, labels.Pool, labels.Outcome)).Inc();
        SecondsChildren.GetOrAdd(pool, static name => Seconds.WithLabels(name)).Observe(took.TotalSeconds);
        foreach (var attempt in exchange.Attempts)
        {
            if (attempt.Fault is { } fault)
                Faults.WithLabels(attempt.Pool.Name, fault.Kind.ToString()).Inc();
        }

        if (exchange.BrokenBy is { } broken)
            Faults.WithLabels(pool, broken.Kind.ToString()).Inc();
    }

    public static void CountStateFailure() => StateFailures.Inc();

    public static void CountReloadFailure() => ReloadFailures.Inc();
}
