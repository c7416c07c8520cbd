using System.Globalization;
using Gateway.Completions;
using Gateway.Protocol;
using Gateway.Upstream;

namespace Gateway.Dispatch;

/// <summary>Turns the fault that ended a request into what the caller sees.</summary>
internal static class FaultReply
{
    private const string Upstream = "upstream_error";
    private static readonly TimeSpan ShortPause = TimeSpan.FromSeconds(1);

    public static ApiError Of(Exchange exchange, UpstreamFault fault, TimeSpan? retryAfter) => fault.Kind switch
    {
        FaultKind.CallerError or FaultKind.ContextExceeded => Refused(fault),
        FaultKind.Overloaded => new ApiError(
            429, "rate_limit_error", "upstream_overloaded", Tell(exchange, "Every upstream is overloaded"), RetryAfter: retryAfter ?? ShortPause),
        FaultKind.DeadlinePassed => new ApiError(504, Upstream, "deadline_exceeded", Tell(exchange, "The request ran out of time")),
        FaultKind.GatewayStopping => ApiError.Draining(),
        _ when exchange.Group is { } group => GroupBond.NothingLeft(Tell(exchange, "No upstream could answer"), group),
        FaultKind.Aborted => new ApiError(
            503, "service_unavailable", "upstream_draining", Tell(exchange, "Every upstream is draining"), RetryAfter: ShortPause),
        FaultKind.FirstTokenTimeout => new ApiError(504, Upstream, "upstream_timeout", Tell(exchange, "No upstream answered in time")),
        FaultKind.CredentialsRefused => new ApiError(
            502, Upstream, "upstream_credentials", Tell(exchange, "The upstream refused the gateway's key")),
        _ => new ApiError(502, Upstream, "upstream_failed", Tell(exchange, "No upstream could answer")),
    };

    public static ApiError NoReplica(Exchange exchange) => exchange.Group is { } group
        ? GroupBond.NothingLeft($"No replica serves the model '{exchange.Route!.Name}' at the moment.", group)
        : new ApiError(
        503, "service_unavailable", "no_replica", $"No replica serves the model '{exchange.Route!.Name}' at the moment.", RetryAfter: ShortPause);

    /// <summary>An error frame for a stream that broke after the answer had begun.</summary>
    public static ApiError Interrupted(Exchange exchange, UpstreamFault fault)
    {
        var replica = exchange.AnsweredAt?.Name;
        return fault.Kind switch
        {
            FaultKind.GatewayStopping => new ApiError(503, "upstream_interrupted", "gateway_draining", "The answer is incomplete: the gateway is shutting down."),
            FaultKind.DeadlinePassed => new ApiError(504, "upstream_interrupted", "deadline_exceeded", "The answer is incomplete: the request ran out of time."),
            _ => new ApiError(502, "upstream_interrupted", "upstream_interrupted", $"The answer is incomplete: {fault.Detail} ({replica})."),
        };
    }

    /// <summary>The upstream's own words about the caller's request, in OpenAI's shape.</summary>
    private static ApiError Refused(UpstreamFault fault)
    {
        var status = fault.Status is >= 400 and < 500 ? fault.Status.Value : 400;
        var code = fault.Kind == FaultKind.ContextExceeded ? "context_length_exceeded" : status == 400 ? "invalid_request" : "upstream_refused";
        return new ApiError(status, "invalid_request_error", code, fault.Detail, fault.Param);
    }

    private static string Tell(Exchange exchange, string what)
    {
        var tries = exchange.Attempts.Select(attempt => $"{attempt.Pool.Name} {attempt.Replica.Name}: {attempt.Fault?.Detail}");
        var count = exchange.Attempts.Count.ToString(CultureInfo.InvariantCulture);
        return $"{what} ({count} {(exchange.Attempts.Count == 1 ? "attempt" : "attempts")}: {string.Join("; ", tries)}).";
    }
}
