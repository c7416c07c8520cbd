using Gateway.Cache;
using Prometheus;

namespace Gateway.Telemetry;

/// <summary>How right the cache's answers are, as far as that is known.</summary>
internal static class VerdictMetrics
{
    private static readonly Counter Verdicts = GatewayMetrics.Factory.CreateCounter(
        "gateway_cache_verdicts_total",
        "Checks of cached answers by source (check of a hit, near_miss, caller) and outcome (right, wrong; or why there is none).", "source", "outcome");

    private static readonly Gauge Bars = GatewayMetrics.Factory.CreateGauge(
        "gateway_cache_bar", "Similarity that asks of a class need to share an answer; above 1 they share none.", "class");

    private static readonly Gauge WrongShares = GatewayMetrics.Factory.CreateGauge(
        "gateway_cache_false_hit_estimate", "Share of wrong answers among those of a class that were checked, of late.", "class");

    public static void Count(string source, string outcome) => Verdicts.WithLabels(source, outcome).Inc();

    /// <summary>Takes the figures as they are, for the scrape that asked.</summary>
    public static void Refresh(CacheSetup? setup)
    {
        if (setup?.Storage.Meaning is not { } semantic)
            return;
        foreach (var report in semantic.Bars.Report())
        {
            Bars.WithLabels(report.Class).Set(report.Bar);
            if (report.WrongShare is { } wrong)
                WrongShares.WithLabels(report.Class).Set(wrong);
        }
    }
}
