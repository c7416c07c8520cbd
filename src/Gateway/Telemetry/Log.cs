namespace Gateway.Telemetry;

/// <summary>Every message this process logs, numbered. None of them has room for prompt text.</summary>
/// <remarks>Placeholders and parameters are the field names of the log lines, hence their spelling.</remarks>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information,
        "request {id} model={model} route={route} complexity={complexity} quantile={quantile} arm={arm} shadow_route={shadow_route} "
        + "shadow_pool={shadow_pool} pool={pool} replica={replica} attempts={attempts} resumes={resumes} status={status} outcome={outcome} "
        + "cause={cause} prompt_tokens={prompt_tokens} completion_tokens={completion_tokens} cost_usd={cost_usd} cache={cache} guard={guard} saved_usd={saved_usd} queued_ms={queued_ms} ms={ms}", EventName = "request")]
    public static partial void Request(
        this ILogger log, string id, string? model, string? route, double? complexity, double? quantile, string? arm, string? shadow_route,
        string? shadow_pool, string? pool, string? replica, int attempts, int? resumes, int status,
        string outcome, string? cause, int? prompt_tokens, int? completion_tokens, decimal? cost_usd, string? cache, string? guard, decimal? saved_usd, double? queued_ms, double ms);

    [LoggerMessage(2, LogLevel.Error, "request {id} failed inside the gateway", EventName = "request_failed")]
    public static partial void RequestFailed(this ILogger log, Exception exception, string id);

    [LoggerMessage(3, LogLevel.Information, "replica {replica} of pool {pool} is {state}", EventName = "replica_probed")]
    public static partial void ReplicaProbed(this ILogger log, string replica, string pool, string state);

    [LoggerMessage(4, LogLevel.Information, "configuration reloaded from {file}", EventName = "config_reloaded")]
    public static partial void Reloaded(this ILogger log, string file);

    [LoggerMessage(5, LogLevel.Error, "configuration in {file} is invalid, the one before stays in force:\n{errors}", EventName = "config_invalid")]
    public static partial void ReloadFailed(this ILogger log, string file, string errors);

    [LoggerMessage(6, LogLevel.Warning, "the change of {setting} takes a restart", EventName = "needs_restart")]
    public static partial void NeedsRestart(this ILogger log, string setting);

    [LoggerMessage(8, LogLevel.Information, "draining: {running} requests have {seconds} s to finish, new ones are turned away", EventName = "draining")]
    public static partial void Draining(this ILogger log, int running, double seconds);

    [LoggerMessage(7, LogLevel.Information, "passed {path} id={id} model={model} pool={pool} replica={replica} status={status} cause={cause} ms={ms}", EventName = "passed")]
    public static partial void Passed(
        this ILogger log, string path, string id, string? model, string? pool, string? replica, int status, string? cause, double ms);

    [LoggerMessage(9, LogLevel.Warning,
        "the condition of rule {rule} had no value: {fault} at {line}:{column} in it; it does not match then, and is counted", EventName = "rule_failed")]
    public static partial void RuleFailed(this ILogger log, string rule, string fault, int line, int column);

    [LoggerMessage(30, LogLevel.Information, "pool {pool} follows the {source}", EventName = "discovering")]
    public static partial void Discovering(this ILogger log, string pool, string source);

    [LoggerMessage(31, LogLevel.Information, "replica {replica} joined pool {pool}", EventName = "replica_joined")]
    public static partial void ReplicaJoined(this ILogger log, string replica, string pool);

    [LoggerMessage(32, LogLevel.Information, "replica {replica} left pool {pool} with {running} requests running", EventName = "replica_left")]
    public static partial void ReplicaLeft(this ILogger log, string replica, string pool, int running);

    [LoggerMessage(33, LogLevel.Information, "replica {replica} of pool {pool} drains ({reason}) with {running} requests running", EventName = "replica_draining")]
    public static partial void ReplicaDraining(this ILogger log, string replica, string pool, string reason, int running);

    [LoggerMessage(34, LogLevel.Information, "replica {replica} of pool {pool} drains no more", EventName = "replica_undrained")]
    public static partial void ReplicaUndrained(this ILogger log, string replica, string pool);

    [LoggerMessage(35, LogLevel.Warning, "the replicas of pool {pool} cannot be looked up ({cause}); those known stay", EventName = "discovery_failed")]
    public static partial void DiscoveryFailed(this ILogger log, string pool, string cause);

    [LoggerMessage(36, LogLevel.Information, "the replicas of pool {pool} can be looked up again", EventName = "discovery_back")]
    public static partial void DiscoveryBack(this ILogger log, string pool);

    [LoggerMessage(20, LogLevel.Warning, "the state in {place} is out of reach ({cause}); requests go on, what is learned waits", EventName = "state_lost")]
    public static partial void StateLost(this ILogger log, string place, string cause);

    [LoggerMessage(21, LogLevel.Information, "the state in {place} is back", EventName = "state_back")]
    public static partial void StateBack(this ILogger log, string place);

    [LoggerMessage(22, LogLevel.Warning,
        "the state directory {directory} cannot be written ({cause}); state is kept in memory and lost with this process: "
        + "set state.directory to a writable place, or state.redis", EventName = "state_in_memory")]
    public static partial void StateInMemory(this ILogger log, string directory, string cause);

    [LoggerMessage(23, LogLevel.Information, "correction of {model} {step}: current={current} candidate={candidate} ({why})", EventName = "correction")]
    public static partial void CorrectionChanged(this ILogger log, string model, string step, string current, string? candidate, string why);

    [LoggerMessage(40, LogLevel.Information, "{entries} entries of the cache were read from {path}", EventName = "snapshot_loaded")]
    public static partial void SnapshotLoaded(this ILogger log, string path, long entries);

    [LoggerMessage(41, LogLevel.Warning, "{path} is not used ({cause}); the cache starts without what it held", EventName = "snapshot_refused")]
    public static partial void SnapshotRefused(this ILogger log, string path, string cause);

    [LoggerMessage(42, LogLevel.Warning, "the cache could not be written to {path} ({cause}); the next start begins without it", EventName = "snapshot_not_saved")]
    public static partial void SnapshotNotSaved(this ILogger log, string path, string cause);

    [LoggerMessage(43, LogLevel.Warning, "expired entries of the cache could not be removed ({cause}); they are not given out", EventName = "sweep_failed")]
    public static partial void SweepFailed(this ILogger log, string cause);

    [LoggerMessage(50, LogLevel.Information,
        "cache hit by meaning {id} entry={entry} scope={scope} similarity={similarity} bar={bar} class={ask_class}", EventName = "cache_semantic_hit")]
    public static partial void CacheSemanticHit(
        this ILogger log, string id, string entry, string scope, double similarity, double bar, string ask_class);

    [LoggerMessage(51, LogLevel.Warning,
        "cache entry {entry} evicted: found wrong by {source} similarity={similarity} class={ask_class}", EventName = "cache_entry_evicted")]
    public static partial void CacheEntryEvicted(this ILogger log, string entry, string source, double? similarity, string? ask_class);

    [LoggerMessage(52, LogLevel.Information, "cache flushed: epoch {epoch}", EventName = "cache_flushed")]
    public static partial void CacheFlushed(this ILogger log, long epoch);

    [LoggerMessage(53, LogLevel.Information, "cache entries removed: {removed} model={model} tag={tag}", EventName = "cache_entries_removed")]
    public static partial void CacheEntriesRemoved(this ILogger log, long removed, string? model, string? tag);

    [LoggerMessage(60, LogLevel.Warning, "guard {guard} failed on {id} ({direction}), {mode} as configured: {cause}", EventName = "guard_failed")]
    public static partial void GuardFailed(this ILogger log, string guard, string id, string direction, string mode, string cause);
}
