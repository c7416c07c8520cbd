using Gateway.Completions;
using Gateway.Guarding;
using Gateway.Learning;
using Gateway.Telemetry;
using Gateway.Upstream;

namespace Gateway.Accounting;

/// <summary>Closes the account of a request, exactly once, however it ended: one log line, and the counters.</summary>
public sealed class Ledger(OutcomeDesk desk, ILogger<Ledger> log, TimeProvider time)
{
    public void Account(Exchange exchange)
    {
        var took = time.GetElapsedTime(exchange.StartedAt);
        var outcome = OutcomeOf(exchange);
        var savings = outcome == "ok" ? Savings.Of(exchange) : null;
        GatewayMetrics.Count(exchange, outcome, took);
        CascadeMetrics.Count(exchange);
        CacheMetrics.Count(exchange);
        RoutingMetrics.Count(exchange, savings);
        if (exchange.PrefilledAgain > 0)
            ResumeMetrics.CountPrefill(exchange.AnsweredBy!.Pool.Name, exchange.PrefilledAgain);
        if (exchange.Usage is { } used)
        {
            exchange.Route?.Choice?.Threshold.NoteUsage(used.Prompt, used.Cached, used.Completion);
            exchange.AnsweringAttempt?.Settle(used);
        }

        desk.Close(exchange);
        if (!log.IsEnabled(LogLevel.Information))
            return;
        log.Request(
            exchange.Id,
            exchange.Request?.Model,
            exchange.RouteReason,
            exchange.Plan?.Score is { } score ? Math.Round(score, 4) : null,
            exchange.Plan?.Quantile is { } quantile ? Math.Round(quantile, 4) : null,
            exchange.Arm == Arm.None ? null : exchange.Arm.ToString(),
            exchange.ShadowPlan?.Reason,
            exchange.ShadowPlan?.Pools[0].Name,
            exchange.AnsweredBy?.Pool.Name,
            exchange.AnsweredAt?.Name ?? (exchange.Attempts.Count > 0 ? exchange.Attempts[^1].Replica.Name : null),
            exchange.Attempts.Count,
            exchange.Resumes == 0 ? null : exchange.Resumes,
            exchange.Http.Response.StatusCode,
            outcome,
            exchange.Error?.Code ?? exchange.BrokenBy?.Kind.ToString(),
            exchange.Usage?.Prompt,
            exchange.Usage?.Completion,
            exchange.Cost,
            exchange.Cache?.Describe(),
            GuardNote.Of(exchange),
            savings?.Usd,
            exchange.Queue is { } queue ? Math.Round(queue.Waited.TotalMilliseconds, 2) : null,
            Math.Round(took.TotalMilliseconds, 2));
    }

    /// <summary>How it ended, in the few words that metrics and logs share.</summary>
    private static string OutcomeOf(Exchange exchange)
    {
        if (exchange.IsDelivered)
            return "ok";
        if (exchange.Guards is { Output: { BlockedBy: not null, HasFailedShut: false } })
            return "blocked";
        if (exchange.Http.RequestAborted.IsCancellationRequested || exchange.BrokenBy?.Side == FaultSide.Caller)
            return "caller_gone";
        if (exchange.BrokenBy is not null)
            return "interrupted";
        return exchange.Error is { Status: < 500 } ? "refused" : "failed";
    }
}
