namespace Gateway.Routing.Health;

/// <summary>What a replica's own metrics said at the last scrape. It counts everybody's requests, not only ours, and is as old as the scrape.</summary>
/// <param name="Running">Requests in the engine's batch.</param>
/// <param name="Waiting">Requests in its queue.</param>
/// <param name="KvUse">Share of its KV cache in use, 0 to 1.</param>
/// <param name="TakenAt">When, as a timestamp of the clock.</param>
public sealed record ReplicaLoad(int Running, int Waiting, double KvUse, long TakenAt)
{
    /// <summary>Prompt tokens looked up in its prefix cache since it started.</summary>
    public long CacheQueries { get; init; }

    /// <summary>And of these, tokens found there.</summary>
    public long CacheHits { get; init; }

    /// <summary>LoRA adapters that have requests there now, and so are in its memory.</summary>
    public IReadOnlyList<string> BusyAdapters { get; init; } = [];
}
