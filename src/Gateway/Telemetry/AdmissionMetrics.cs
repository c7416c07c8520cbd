using System.Collections.Concurrent;
using Gateway.Routing.Admission;
using Prometheus;

namespace Gateway.Telemetry;

/// <summary>The counters of the queues before the pools.</summary>
internal static class AdmissionMetrics
{
    private static readonly Histogram Seconds = GatewayMetrics.Factory.CreateHistogram(
        "gateway_queue_seconds", "How long requests waited that found no place at once and got one in the end.", ["pool"],
        new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(0.005, 2, 14) });

    private static readonly Counter Sheds = GatewayMetrics.Factory.CreateCounter(
        "gateway_sheds_total",
        "Requests that a pool turned away, by reason: queue_full, wait_too_long, displaced, timed_out; given_up are those whose caller left the queue.",
        "pool", "reason");

    private static readonly ConcurrentDictionary<(string Pool, AdmissionVerdict Verdict), Counter.Child> ShedChildren = new();

    private static readonly ConcurrentDictionary<string, Histogram.Child> SecondsChildren = new();

    /// <summary>A request that found no place at once got one, or was turned away.</summary>
    public static void Count(string pool, in Admittance outcome)
    {
        if (outcome.IsEntered)
            SecondsChildren.GetOrAdd(pool, static name => Seconds.WithLabels(name)).Observe(outcome.Waited.TotalSeconds);
        else
            ShedChildren.GetOrAdd((pool, outcome.Verdict), static labels => Sheds.WithLabels(labels.Pool, ReasonOf(labels.Verdict))).Inc();
    }

    private static string ReasonOf(AdmissionVerdict verdict) => verdict switch
    {
        AdmissionVerdict.QueueFull => "queue_full",
        AdmissionVerdict.WaitTooLong => "wait_too_long",
        AdmissionVerdict.Displaced => "displaced",
        AdmissionVerdict.TimedOut => "timed_out",
        _ => "given_up",
    };
}
