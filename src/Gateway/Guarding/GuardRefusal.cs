using Gateway.Guardrails;
using Gateway.Protocol;

namespace Gateway.Guarding;

/// <summary>Turns what guards did into what the caller sees.</summary>
internal static class GuardRefusal
{
    private static readonly TimeSpan ShortPause = TimeSpan.FromSeconds(1);

    /// <returns>Null when the text passes.</returns>
    public static ApiError? Of(GuardReport report)
    {
        if (report.BlockedBy is not { } step)
            return null;
        return HasFailed(report, step)
            ? new ApiError(
                503, "service_unavailable", "guard_unavailable", $"The guard '{step.Name}' could not judge the request, and without it the request does not pass.",
                RetryAfter: ShortPause)
            : ApiError.BadRequest("content_filter", $"The guard '{step.Name}' lets this request not pass: it found {report.BlockedFor}.");
    }

    private static bool HasFailed(GuardReport report, GuardStep step)
    {
        for (var i = 0; i < report.Steps.Length; i++)
        {
            if (ReferenceEquals(report.Steps[i], step))
                return report[i] == GuardOutcome.FailedShut;
        }

        return false;
    }
}
