using Gateway.Dispatch.Resume;
using Prometheus;

namespace Gateway.Telemetry;

/// <summary>Counters of streams that outlived their replica.</summary>
internal static class ResumeMetrics
{
    private static readonly Counter Resumed = GatewayMetrics.Factory.CreateCounter(
        "gateway_resumed_total", "Times a stream went on at another replica, by pool, why it had to and how it did.", "pool", "fault", "mechanism");

    private static readonly Counter Prefilled = GatewayMetrics.Factory.CreateCounter(
        "gateway_resume_prefill_tokens_total", "Prompt tokens that replicas read again for resumed streams, by pool; no caller pays for them.", "pool");

    private static readonly Counter Inexact = GatewayMetrics.Factory.CreateCounter(
        "gateway_resumed_inexactly_total", "Times a stream that was to go on token by token went on as text, by pool and why.", "pool", "reason");

    public static void Count(string pool, string fault, Mechanism mechanism) => Resumed.WithLabels(pool, fault, mechanism.ToString()).Inc();

    public static void CountInexact(string pool, string reason) => Inexact.WithLabels(pool, reason).Inc();

    public static void CountPrefill(string pool, int tokens) => Prefilled.WithLabels(pool).Inc(tokens);
}
