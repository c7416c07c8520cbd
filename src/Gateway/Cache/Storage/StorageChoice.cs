using Gateway.Configuration;

namespace Gateway.Cache.Storage;

/// <summary>The part of the configuration that decides where answers are; the rest may change without a loss.</summary>
public sealed record StorageChoice(ExactStorage Exact, SemanticOptions? Semantic, string Embedder, CacheServers Servers, TimeSpan Budget)
{
    public static StorageChoice Of(CacheOptions cache, StateOptions state) => new(
        new ExactStorage(cache.Exact.Store, cache.Exact.Memory),
        cache.Semantic,
        cache.Embedder,
        new CacheServers(cache.Redis ?? OfState(state), cache.Qdrant),
        cache.Budget);

    /// <summary>Without a Redis of its own, the cache uses the one that the state is in.</summary>
    private static CacheRedisOptions? OfState(StateOptions state) => state.Redis is { } address
        ? new CacheRedisOptions { Address = address, Password = state.Password, Tls = state.Tls, Prefix = $"{state.Prefix}:cache" }
        : null;
}

/// <summary>Where answers are under their exact keys.</summary>
/// <param name="Store">The name of the store.</param>
/// <param name="Memory">Bytes of them in this process.</param>
public sealed record ExactStorage(string Store, int Memory);

/// <summary>The servers that a cache may use; null those that are not named.</summary>
public sealed record CacheServers(CacheRedisOptions? Redis, QdrantOptions? Qdrant);
