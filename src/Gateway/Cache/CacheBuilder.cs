using Gateway.Cache.Storage;
using Gateway.Configuration;
using Gateway.Routing.Cascade;
using Gateway.Upstream;

namespace Gateway.Cache;

/// <summary>Builds the cache of a configuration.</summary>
internal static class CacheBuilder
{
    /// <returns>Null when the configuration has none.</returns>
    public static CacheSetup? Build(
        GatewayOptions options, IReadOnlyList<UpstreamPool> upstreams, ModelCatalog catalog, CacheSetup? previous, (TimeProvider Time, Random Chance) from)
    {
        if (options.Cache is not { } cache)
            return null;
        var choice = StorageChoice.Of(cache, options.State);
        var embedder = cache.Semantic is not null && cache.EmbedderPool is { } name ? upstreams.First(upstream => upstream.Pool.Name == name) : null;
        var storage = previous?.Storage;
        // What is stored outlives a reload that changes nothing about where it is stored.
        if (storage is null || storage.Choice != choice || storage.Pool?.Model != embedder?.Pool.Model)
        {
            storage = new StorageBuilder(choice, embedder, from.Time, from.Chance).Build();
            // What was flushed in a shared store stays flushed.
            storage.Answers.AdvanceTo(previous?.Answers.Epoch ?? 0);
        }

        storage.Pool?.Become(embedder!);
        return new CacheSetup(cache, options, catalog.Routes, upstreams.Select(upstream => upstream.Pool), storage);
    }
}
