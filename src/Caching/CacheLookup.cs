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
    public sealed record Hit(CacheKey Id, CachedAnswer Answer, float? Similarity, bool IsDoubted) : CacheLookup;

    /// <summary>It is not known.</summary>
    /// <param name="Reason">Why nothing near was good enough, in a few words; null when nothing was near.</param>
    /// <param name="Similarity">How near the nearest was; null when there was none.</param>
    public sealed record Miss(string? Reason, float? Similarity) : CacheLookup;

    /// <summary>The cache was not asked, and nothing will be stored.</summary>
    /// <param name="Reason">Why, in a few words.</param>
    public sealed record Bypass(string Reason) : CacheLookup;
}
