namespace Gateway.Caching.Stores.Vectors;

/// <summary>An entry of the index in memory, beside its vector.</summary>
internal sealed class VectorNode(CacheKey id, ScopeVectors scope, EntryFacts facts, byte[] payload)
{
    private readonly DateTimeOffset _expiresAt = facts.ExpiresAt;

    public CacheKey Id { get; } = id;

    public ScopeVectors Scope { get; } = scope;

    public EntryFacts Facts { get; } = facts;

    public byte[] Payload { get; } = payload;

    /// <summary>Whether it is removed: readers may come upon it for as long as they hold the chunk it was in.</summary>
    public volatile bool IsGone;

    /// <summary>Whether it was found since the hand last passed it.</summary>
    public volatile bool WasFound;

    /// <summary>Its place in the ring of all entries. Only writers use it.</summary>
    public int RingPlace { get; set; }

    /// <summary>The chunk that holds its vector. Only writers use it.</summary>
    public VectorChunk? Chunk { get; set; }

    public bool IsExpired(DateTimeOffset now) => _expiresAt <= now;
}
