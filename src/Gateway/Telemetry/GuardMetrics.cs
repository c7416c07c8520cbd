using System.Collections.Concurrent;
using System.Collections.Immutable;
using Gateway.Guardrails;
using Prometheus;

namespace Gateway.Telemetry;

/// <summary>What guards did, how long they took and which failed.</summary>
internal static class GuardMetrics
{
    private static readonly Counter Verdicts = GatewayMetrics.Factory.CreateCounter(
        "gateway_guard_verdicts_total",
        "Inspections of requests (direction input) and answers (output) by guard and outcome: not_run, passed, flagged, redacted, failed_open, failed_shut or blocked.",
        "guard", "direction", "outcome");

    private static readonly Counter Findings = GatewayMetrics.Factory.CreateCounter(
        "gateway_guard_findings_total", "What guards found, by label.", "guard", "direction", "label");

    private static readonly Counter Failures = GatewayMetrics.Factory.CreateCounter(
        "gateway_guard_failures_total", "Inspections that failed, by what followed: mode open, the text passed; shut, it did not.", "guard", "direction", "mode");

    /// <summary>From a microsecond, which local guards take for a short text, to the 30 s that a remote one may be given.</summary>
    private static readonly Histogram Seconds = GatewayMetrics.Factory.CreateHistogram(
        "gateway_guard_seconds", "Time a guard worked on the texts of one request or answer.", ["guard", "direction"],
        new HistogramConfiguration
        {
            Buckets = [1e-6, 2.5e-6, 5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 1e-3, 5e-3, 0.025, 0.1, 0.25, 0.5, 1, 2, 5, 30],
        });

    public static GuardMeter MeterOf(GuardStep step, string direction) => new(
        [.. Enum.GetValues<GuardOutcome>().Select(outcome => Verdicts.WithLabels(step.Name, direction, GuardReport.Word(outcome).Replace(' ', '_')))],
        Failures.WithLabels(step.Name, direction, step.FailsOpen ? "open" : "shut"),
        Seconds.WithLabels(step.Name, direction),
        label => Findings.WithLabels(step.Name, direction, label));
}

/// <summary>The counters of one step.</summary>
internal sealed class GuardMeter(Counter.Child[] verdicts, Counter.Child failures, Histogram.Child seconds, Func<string, Counter.Child> findings)
{
    /// <summary>Labels of its own that a remote guard may bring along before the rest is counted together: each is kept for good.</summary>
    private const int MostLabels = 200;

    private readonly ConcurrentDictionary<string, Counter.Child> _findings = new(StringComparer.Ordinal);

    /// <param name="report">What became of a request or an answer.</param>
    /// <param name="step">This step's place in it.</param>
    public void Count(GuardReport report, int step)
    {
        verdicts[(int)report[step]].Inc();
        if (report.FailureOf(step) is not null)
            failures.Inc();
        else if (report[step] != GuardOutcome.NotRun)
            seconds.Observe(report.TookOf(step).TotalSeconds);
        if (report[step] <= GuardOutcome.Passed)
            return;
        foreach (var (label, count) in report.LabelsOf(step))
            _findings.GetOrAdd(_findings.Count < MostLabels || _findings.ContainsKey(label) ? label : "other", findings).Inc(count);
    }
}

/// <summary>The counters of a policy's steps, in their order.</summary>
internal sealed record PolicyMeters(GuardMeter[] Input, GuardMeter[] Output)
{
    public static PolicyMeters Of(GuardPolicy policy) => new(MetersOf(policy.Input, "input"), MetersOf(policy.Output, "output"));

    private static GuardMeter[] MetersOf(ImmutableArray<GuardStep> steps, string direction) => [.. steps.Select(step => GuardMetrics.MeterOf(step, direction))];
}
