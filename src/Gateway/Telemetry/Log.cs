namespace Gateway.Telemetry;

/// <summary>Every message this process logs, numbered. None of them has room for prompt text.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information,
        "request {Id} model={Model} route={Route} pool={Pool} replica={Replica} attempts={Attempts} status={Status} outcome={Outcome} "
        + "cause={Cause} prompt_tokens={PromptTokens} completion_tokens={CompletionTokens} cost_usd={CostUsd} ms={Milliseconds}")]
    public static partial void Request(
        this ILogger log, string id, string? model, string? route, string? pool, string? replica, int attempts, int status,
        string outcome, string? cause, int? promptTokens, int? completionTokens, decimal? costUsd, double milliseconds);

    [LoggerMessage(2, LogLevel.Error, "request {Id} failed inside the gateway")]
    public static partial void RequestFailed(this ILogger log, Exception exception, string id);

    [LoggerMessage(3, LogLevel.Information, "replica {Replica} of pool {Pool} is {State}")]
    public static partial void ReplicaProbed(this ILogger log, string replica, string pool, string state);

    [LoggerMessage(4, LogLevel.Information, "configuration reloaded from {File}")]
    public static partial void Reloaded(this ILogger log, string file);

    [LoggerMessage(5, LogLevel.Error, "configuration in {File} is invalid, the one before stays in force:\n{Errors}")]
    public static partial void ReloadFailed(this ILogger log, string file, string errors);

    [LoggerMessage(6, LogLevel.Warning, "the change of {Setting} takes a restart")]
    public static partial void NeedsRestart(this ILogger log, string setting);

    [LoggerMessage(7, LogLevel.Information, "draining: no new requests, {Seconds} s for those running")]
    public static partial void Draining(this ILogger log, double seconds);

    [LoggerMessage(8, LogLevel.Information, "passed {Path} id={Id} model={Model} pool={Pool} replica={Replica} status={Status} cause={Cause} ms={Milliseconds}")]
    public static partial void Passed(
        this ILogger log, string path, string id, string? model, string? pool, string? replica, int status, string? cause, double milliseconds);
}
