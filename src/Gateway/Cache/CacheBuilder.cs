using Gateway.Caching;
using Gateway.Caching.Stores;
using Gateway.Configuration;
using Gateway.Routing;
using Gateway.Routing.Cascade;

namespace Gateway.Cache;

/// <summary>Builds the cache of a configuration: the one place that knows which stores, indexes and embedders there are.</summary>
internal static class CacheBuilder
{
    /// <returns>Null when the configuration has none.</returns>
    public static CacheSetup? Build(GatewayOptions options, Fleet fleet, ModelCatalog catalog, CacheSetup? previous, TimeProvider time, Random chance)
    {
        if (options.Cache is not { } cache)
            return null;
        // What is stored outlives a reload that changes nothing about where it is stored.
        var answers = previous is not null && Storage(previous.Options) == Storage(cache) ? previous.Answers : new AnswerCache(Store(cache, time), SemanticBuilder.Build(cache, time, chance), cache.Budget, time);
        return new CacheSetup(cache, options, catalog.Routes, fleet.Pools, answers);
    }

    private static (int, SemanticOptions?, string, TimeSpan) Storage(CacheOptions cache) => (cache.Exact.Memory, cache.Semantic, cache.Embedder, cache.Budget);

    private static MemoryAnswerStore Store(CacheOptions cache, TimeProvider time) => new(cache.Exact.Memory, time);
}
