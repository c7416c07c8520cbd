using Gateway.Caching;
using Gateway.Caching.Embedding.Encoder;
using Gateway.Caching.Embedding.Table;
using Gateway.Caching.Semantic;
using Gateway.Caching.Semantic.Bounds;
using Gateway.Caching.Semantic.Comparison;
using Gateway.Caching.Stores;
using Gateway.Configuration;

namespace Gateway.Cache;

/// <summary>Builds what compares asks by meaning.</summary>
internal static class SemanticBuilder
{
    /// <summary>The most entries of an index in memory: a kilobyte each, with the encoder's vector and a usual ask.</summary>
    private const int MostEntries = 100_000;

    /// <summary>Beyond so many characters the embedders take no ask.</summary>
    private const int LongestAsk = 8_192;

    /// <returns>Null when asks are not compared by meaning, or not by what this builds: the embedder that comes with the gateway and an index in memory.</returns>
    public static SemanticCache? Build(CacheOptions cache, TimeProvider time, Random chance)
    {
        if (cache is not { Semantic: { Index: "memory" } semantic, Embedder: "builtin" })
            return null;
        var settings = new SemanticSettings
        {
            Similarity = (float)semantic.Similarity,
            CodeSimilarity = MathF.Max((float)semantic.Similarity, new SemanticSettings().CodeSimilarity),
            ConfirmWithin = cache.Budget * 0.75,
            LongestAsk = Math.Min(semantic.MaxAskBytes, LongestAsk),
            Bound = new BoundSettings
            {
                Bearable = semantic.WrongHits,
                CheckedHits = semantic.Checked,
                Lowest = MathF.Min(new BoundSettings().Lowest, (float)semantic.Similarity),
            },
        };
        var finder = TableEmbedder.CreateBuiltin();
        var confirmer = EncoderEmbedder.CreateBuiltin(EncoderLimits.Default with { Budget = cache.Budget }, time);
        var index = new MemoryVectorIndex(new VectorSpace(finder.Version, finder.Dimensions), MostEntries, time);
        var parts = new SemanticParts(finder, confirmer, index, static (known, asked) => AskComparison.Find(known, asked)?.Reason());
        return new SemanticCache(parts, new LearnedBars(settings, time, chance), settings, time);
    }
}
