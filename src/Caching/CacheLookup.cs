using Gateway.Caching.Semantic;

namespace Gateway.Caching;

/// <summary>What a look into the cache came to: a hit, a miss or a bypass.</summary>
public abstract record CacheLookup
{
    private CacheLookup()
    {
    }

    /// <summary>The answer is known.</summary>
    /// <param name="Id">The entry.</param>
    /// <param name="Answer">What it holds.</param>
    /// <param name="Similarity">How near the ask is to the entry's, in [-1, 1]; null when they are the same to the byte.</param>
    /// <param name="IsDoubted">Whether a fresh answer shall be got in the background to see if this hit was right.</param>
    /// <param name="Candidate">The pair of ask and entry, to be judged later; null when they are the same to the byte.</param>
    public sealed record Hit(CacheKey Id, CachedAnswer Answer, float? Similarity, bool IsDoubted, SemanticCandidate? Candidate = null) : CacheLookup;

    /// <summary>It is not known.</summary>
    /// <param name="Reason">Why nothing near was good enough, in a few words; null when nothing was near.</param>
    /// <param name="Similarity">How near the nearest was; null when there was none.</param>
    /// <param name="Doubted">An entry whose answer shall be compared with the fresh one; null when none shall.</param>
    public sealed record Miss(string? Reason, float? Similarity, SemanticCandidate? Doubted = null) : CacheLookup;

    /// <summary>The cache was not asked, and nothing will be stored.</summary>
    /// <param name="Reason">Why, in a few words.</param>
    public sealed record Bypass(string Reason) : CacheLookup;
}
