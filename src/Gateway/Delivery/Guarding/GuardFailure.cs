using Gateway.Guardrails;
using Gateway.Protocol;

namespace Gateway.Delivery.Guarding;

/// <summary>What a caller is told when an answer could not be inspected and its policy lets nothing pass uninspected: a failure is no verdict.</summary>
internal static class GuardFailure
{
    public static ApiError Of(GuardReport report) => new(
        503, "service_unavailable", "guard_unavailable",
        $"The answer could not be inspected: the guard '{report.BlockedBy!.Name}' failed, and nothing may pass without it.", RetryAfter: TimeSpan.FromSeconds(1));
}
