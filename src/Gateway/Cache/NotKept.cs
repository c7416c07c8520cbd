using Gateway.Cache.Answers;
using Gateway.Completions;

namespace Gateway.Cache;

/// <summary>Why an answer is not kept, as far as its delivery tells; what it says is judged later.</summary>
internal static class NotKept
{
    public static string? Why(Exchange exchange, AnswerRecording recording) =>
        !exchange.IsDelivered || exchange.Error is not null || exchange.BrokenBy is not null ? "incomplete"
        : exchange.Resumes > 0 ? "resumed"
        : exchange.Judging?.Shown is not null ? "weak"
        : !IsAsPlanned(exchange) ? "stand-in"
        : !recording.IsWhole ? "answer too large"
        : null;

    /// <summary>The pool that was planned answered, or a larger one of the cascade; any other only helped out, and shall not do so for hours.</summary>
    private static bool IsAsPlanned(Exchange exchange)
    {
        var (planned, answered, cascade) = (exchange.Plan!.Pools[0], exchange.AnsweredBy!.Pool, exchange.Route!.Cascade);
        return answered == planned || cascade.IndexOf(answered) > cascade.IndexOf(planned) && cascade.Contains(planned);
    }
}
