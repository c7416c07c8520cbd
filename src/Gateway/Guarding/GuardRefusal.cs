using Gateway.Completions;
using Gateway.Guardrails;
using Gateway.Protocol;

namespace Gateway.Guarding;

/// <summary>The error that a caller gets when its request does not pass: which guard, what it saw and where, never the text.</summary>
/// <remarks>
/// A guard that asks someone else and gets no answer is out of order like any upstream: 503, try again. One of our own that fails on a text
/// would fail on it again: 400.
/// </remarks>
internal static class GuardRefusal
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <param name="exchange">The request.</param>
    /// <param name="visit">Its guards.</param>
    /// <returns>Null when none of them has said that it does not pass.</returns>
    public static ApiError? Of(Exchange exchange, GuardVisit visit)
    {
        var chain = visit.Input!;
        if (chain.Report.BlockedBy is not { } step)
            return null;
        if (!Failed(chain.Report, step))
        {
            var (place, param) = PlaceOf(exchange, visit, chain.BlockedText);
            return ApiError.BadRequest("content_filter", $"The guard '{step.Name}' found {chain.Report.BlockedFor} in {place} and lets this request not pass.", param);
        }

        return step.Remote is null
            ? ApiError.BadRequest("content_filter", $"The request could not be inspected by the guard '{step.Name}', and does not pass without.")
            : new ApiError(
                503, "service_unavailable", "guard_unavailable", $"The guard '{step.Name}' gave no verdict, and this request does not pass without.", RetryAfter: RetryAfter);
    }

    private static bool Failed(GuardReport report, GuardStep step) => report[report.Steps.IndexOf(step)] == GuardOutcome.FailedShut;

    private static (string Place, string? Param) PlaceOf(Exchange exchange, GuardVisit visit, int text)
    {
        if (text < 0 || visit.Texts is not { } texts || text >= texts.Count)
            return ("the request", null);
        if (texts[text].Turn is var turn and >= 0)
            return ($"messages[{turn}], said by {Word(exchange.Request!.Turns[turn].Role)},", $"messages[{turn}]");
        var name = texts.MemberOf(text);
        // A name is the caller's own word; one that is no name is not repeated.
        return name.Length <= 64 && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') ? ($"the field '{name}'", name) : ("the request", null);
    }

    private static string Word(TurnRole role) => role switch
    {
        TurnRole.System => "system",
        TurnRole.User => "user",
        TurnRole.Assistant => "assistant",
        TurnRole.Tool => "tool",
        _ => "another role",
    };
}
