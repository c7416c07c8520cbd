namespace Gateway.Caching.Stores;

/// <summary>Keeps answers under their exact keys.</summary>
/// <remarks>
/// What is expired is never returned. A store that keeps its answers in memory completes at once; one that is reached over a network may
/// throw or be slow, and is asked through what bounds both.
/// </remarks>
public interface IAnswerStore : IAsyncDisposable
{
    /// <summary>The answer under a key; null when there is none, or none any more.</summary>
    ValueTask<CachedAnswer?> GetAsync(CacheKey key, CancellationToken cancel);

    /// <summary>Puts an answer under a key, over whatever was there.</summary>
    ValueTask SetAsync(CacheKey key, CachedAnswer answer, CancellationToken cancel);

    /// <summary>Removes entries.</summary>
    /// <returns>How many.</returns>
    ValueTask<long> RemoveAsync(EntryFilter filter, CancellationToken cancel);
}
