using Gateway.Cache.Embedding;
using Gateway.Caching;
using Gateway.Caching.Semantic;
using Gateway.Caching.Stores;
using Gateway.Caching.Stores.Guarding;

namespace Gateway.Cache.Storage;

/// <summary>Where answers are and how they are found: what a reload keeps, unless it says otherwise of just that.</summary>
public sealed class CacheStorage : IAsyncDisposable
{
    /// <summary>What it was made of; another configuration makes another.</summary>
    public required StorageChoice Choice { get; init; }

    public required AnswerCache Answers { get; init; }

    /// <summary>The answers in this process.</summary>
    public required MemoryAnswerStore Memory { get; init; }

    /// <summary>What compares by meaning; null when nothing does.</summary>
    public SemanticCache? Meaning { get; init; }

    /// <summary>The vectors, wherever they are; null when nothing is compared by meaning.</summary>
    public IVectorIndex? Index { get; init; }

    /// <summary>Name and version of what makes vectors; null when nothing does.</summary>
    public string? EmbedderVersion { get; init; }

    /// <summary>The embedder over a pool; null where it is another one.</summary>
    public PoolEmbedder? Pool { get; init; }

    /// <summary>What bounds the calls to servers.</summary>
    public IReadOnlyList<StoreGuard> Guards { get; init; } = [];

    /// <summary>What is to be let go with it, in this order.</summary>
    public IReadOnlyList<object> Owned { get; init; } = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in Owned)
        {
            if (owned is IAsyncDisposable slow)
                await slow.DisposeAsync();
            else
                (owned as IDisposable)?.Dispose();
        }
    }
}
