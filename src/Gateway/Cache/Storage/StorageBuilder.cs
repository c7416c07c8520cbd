using Gateway.Cache.Embedding;
using Gateway.Caching;
using Gateway.Caching.Embedding;
using Gateway.Caching.Embedding.Encoder;
using Gateway.Caching.Embedding.Table;
using Gateway.Caching.Semantic;
using Gateway.Caching.Semantic.Bounds;
using Gateway.Caching.Semantic.Comparison;
using Gateway.Caching.Stores;
using Gateway.Caching.Stores.Guarding;
using Gateway.Caching.Stores.Qdrant;
using Gateway.Caching.Stores.Redis;
using Gateway.Configuration;
using Gateway.Telemetry;
using Gateway.Upstream;

namespace Gateway.Cache.Storage;

/// <summary>Builds what a configuration chose: the one place that knows which stores, indexes and embedders there are.</summary>
/// <param name="choice">The choice; its rules have been checked.</param>
/// <param name="embedderPool">The pool that embeds, where one does.</param>
/// <param name="time">The clock.</param>
/// <param name="chance">Decides which hits are checked.</param>
internal sealed class StorageBuilder(StorageChoice choice, UpstreamPool? embedderPool, TimeProvider time, Random chance)
{
    /// <summary>
    /// How long an answer found in Redis is believed without looking there again: for so long another gateway's removal may go unseen.
    /// </summary>
    private static readonly TimeSpan NearLife = TimeSpan.FromSeconds(30);

    /// <summary>The share of the budget that the encoder may take, so that a late one is told as such, and not as a late cache.</summary>
    private const double ConfirmShare = 0.75;

    private readonly List<StoreGuard> _guards = [];
    private readonly Stack<object> _owned = new();
    private RedisLink? _link;

    public CacheStorage Build()
    {
        var memory = Own(new MemoryAnswerStore(choice.Exact.Memory, time));
        IAnswerStore answers = choice.Exact.Store == ExactOptions.Redis
            ? Own(new TieredAnswerStore(memory, new GuardedAnswerStore(new RedisAnswerStore(Link(), time), GuardOf("redis")), NearLife, time))
            : memory;
        if (choice.Semantic is not { } options)
            return Finish(memory, new AnswerCache(answers, null, choice.Budget, time), null, null);
        var parts = PartsOf(options);
        var settings = SettingsOf(options, isConfirmed: parts.Confirmer is not null);
        var meaning = new SemanticCache(parts, new LearnedBars(settings, time, chance), settings, time);
        return Finish(memory, new AnswerCache(answers, meaning, choice.Budget, time), meaning, parts);
    }

    private SemanticSettings SettingsOf(SemanticOptions options, bool isConfirmed)
    {
        var (usual, similarity) = (new SemanticSettings(), (float)options.Similarity);
        var bound = new BoundSettings { Bearable = options.WrongHits, CheckedHits = options.Checked };
        bound = bound with { Lowest = MathF.Min(bound.Lowest, similarity) };
        return new SemanticSettings
        {
            Similarity = similarity,
            CodeSimilarity = MathF.Max(similarity, usual.CodeSimilarity),
            // Where the finder's own word counts, what lies under every bar and its near misses need not be looked at.
            FindAbove = isConfirmed ? usual.FindAbove : bound.Lowest - bound.NearMiss,
            ConfirmWithin = choice.Budget * ConfirmShare,
            LongestAsk = Math.Min(options.MaxAskBytes, AskLimits.MostCharacters),
            Bound = bound,
        };
    }

    private CacheStorage Finish(MemoryAnswerStore memory, AnswerCache answers, SemanticCache? meaning, SemanticParts? parts) => new()
    {
        Choice = choice,
        Memory = memory,
        Answers = answers,
        Meaning = meaning,
        Index = parts?.Index,
        EmbedderVersion = parts is null ? null : $"{parts.Finder.Version}+{parts.Confirmer?.Version}",
        Pool = parts?.Finder as PoolEmbedder,
        Guards = _guards,
        Owned = [.. _owned],
    };

    private SemanticParts PartsOf(SemanticOptions options)
    {
        var (finder, confirmer) = EmbeddersOf(options);
        var index = IndexOf(options, new VectorSpace(finder.Version, finder.Dimensions));
        return new SemanticParts(finder, confirmer, index, static (known, asked) => AskComparison.Find(known, asked)?.Reason());
    }

    private (IEmbedder Finder, IEmbedder? Confirmer) EmbeddersOf(SemanticOptions options)
    {
        var limits = EncoderLimits.Default with { Budget = choice.Budget };
        if (embedderPool is not null)
            return (new PoolEmbedder(embedderPool, options.Dimensions!.Value, choice.Budget), null);
        return choice.Embedder == CacheOptions.Builtin
            ? (TableEmbedder.CreateBuiltin(), Own(EncoderEmbedder.CreateBuiltin(limits, time)))
            : (Own(OnnxFolder.Load(choice.Embedder[CacheOptions.Onnx.Length..], limits, time)), null);
    }

    private IVectorIndex IndexOf(SemanticOptions options, VectorSpace space) => options.Index switch
    {
        SemanticOptions.Redis => new GuardedVectorIndex(new RedisVectorIndex(Link(), space, time), GuardOf("redis index")),
        SemanticOptions.Qdrant => new GuardedVectorIndex(new QdrantIndex(QdrantHttp(), QdrantSettingsOf(choice.Servers.Qdrant!), space, time), GuardOf("qdrant")),
        _ => new MemoryVectorIndex(space, options.Entries, time),
    };

    private static QdrantSettings QdrantSettingsOf(QdrantOptions options) => new(options.Url, options.ApiKey, options.Prefix);

    private HttpMessageInvoker QdrantHttp() => Own(new HttpMessageInvoker(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(2),
        UseCookies = false,
        UseProxy = false,
    }));

    private RedisLink Link()
    {
        var redis = choice.Servers.Redis!;
        return _link ??= Own(new RedisLink(new RedisSettings(redis.Address, redis.Password, redis.Tls, redis.Prefix)));
    }

    private StoreGuard GuardOf(string store)
    {
        var guard = new StoreGuard(store, new GuardSettings { Budget = choice.Budget }, time, StoreMetrics.CountFault);
        _guards.Add(guard);
        return guard;
    }

    private T Own<T>(T thing)
        where T : class
    {
        _owned.Push(thing);
        return thing;
    }
}
