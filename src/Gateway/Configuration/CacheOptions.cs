using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Gateway.Configuration;

/// <summary>What is answered from earlier answers. Off unless it is written, since only the operator knows who may share what.</summary>
public sealed record CacheOptions
{
    /// <summary>The <see cref="Scope"/> that keeps callers apart.</summary>
    internal const string Tenant = "tenant";

    /// <summary>The <see cref="Scope"/> that does not.</summary>
    internal const string Everyone = "everyone";

    /// <summary>The <see cref="Embedder"/> that comes with the gateway.</summary>
    internal const string Builtin = "builtin";

    /// <summary>What an <see cref="Embedder"/> in a folder begins with.</summary>
    internal const string Onnx = "onnx:";

    /// <summary>What an <see cref="Embedder"/> over a pool begins with.</summary>
    internal const string OfPool = "pool:";

    [Description("Who shares answers: tenant, callers that show the same key; everyone, all callers.")]
    [Policy(PolicyKind.CacheScope)]
    public string Scope { get; init; } = Tenant;

    [Description("Answers to requests that are the same to the byte, but for the order of their members.")]
    public ExactOptions Exact { get; init; } = new();

    [Description("Answers to requests whose last ask means the same. Absent: asks are not compared by meaning.")]
    public SemanticOptions? Semantic { get; init; }

    [Description("What turns asks into vectors: builtin, onnx:/path of a sentence encoder, or pool:NAME of a pool that serves embeddings.")]
    public string Embedder { get; init; } = Builtin;

    [Description("Sampling temperature above which requests pass by the cache; one that is not given counts as 1.")]
    [Range(0, 2)]
    public double MaxTemperature { get; init; } = 1;

    [Description("Largest request that is looked up, in bytes.")]
    [ByteSize, Range(1024, 64 * 1024 * 1024)]
    public int MaxRequestBytes { get; init; } = 1024 * 1024;

    [Description("Largest answer that is kept, in bytes.")]
    [ByteSize, Range(1024, 64 * 1024 * 1024)]
    public int MaxAnswerBytes { get; init; } = 1024 * 1024;

    [Description("The longest that looking up may delay a request; then it is a miss.")]
    public TimeSpan Budget { get; init; } = TimeSpan.FromMilliseconds(20);

    [Description("Redis that answers or vectors are kept in. Absent: the one that the state is in.")]
    public CacheRedisOptions? Redis { get; init; }

    [Description("Qdrant that vectors are kept in.")]
    public QdrantOptions? Qdrant { get; init; }

    [Description("Whether a request waits for the answer to another that asks the same and is under way.")]
    public bool SingleFlight { get; init; } = true;

    [Description("Time between the pieces of a stream that comes from the cache. Absent: it comes at once.")]
    public TimeSpan? Pace { get; init; }

    /// <summary>The pool that embeds; null when none does.</summary>
    internal string? EmbedderPool => Embedder.StartsWith(OfPool, StringComparison.Ordinal) ? Embedder[OfPool.Length..] : null;
}

/// <summary>Answers under the digest of all that was asked.</summary>
public sealed record ExactOptions
{
    /// <summary>The <see cref="Store"/> that gateways share.</summary>
    internal const string Redis = "redis";

    [Description("Where answers are kept: memory, in this process alone; redis, shared by all gateways, with this process's memory in front of it.")]
    [Policy(PolicyKind.AnswerStore)]
    public string Store { get; init; } = "memory";

    [Description("How long an answer is kept.")]
    public TimeSpan Ttl { get; init; } = TimeSpan.FromHours(1);

    [Description("Memory for answers in this process, in bytes. A change empties it.")]
    [ByteSize, Range(0, int.MaxValue)]
    public int Memory { get; init; } = 256 * 1024 * 1024;
}

/// <summary>Answers to asks that mean the same, while everything before the ask is equal.</summary>
public sealed record SemanticOptions
{
    /// <summary>The <see cref="Index"/> in Redis 8.</summary>
    internal const string Redis = "redis";

    /// <summary>The <see cref="Index"/> in Qdrant.</summary>
    internal const string Qdrant = "qdrant";

    [Description("How long an answer that is compared by meaning is kept, if that is longer than exact.ttl.")]
    public TimeSpan Ttl { get; init; } = TimeSpan.FromHours(24);

    [Description("Cosine similarity below which asks never share an answer, in [0, 1]; what is learned from checked hits may ask for more.")]
    [Range(0, 1)]
    public double Similarity { get; init; } = 0.92;

    [Description("Where vectors are kept: memory, redis or qdrant.")]
    [Policy(PolicyKind.VectorIndex)]
    public string Index { get; init; } = "memory";

    [Description("Most entries of the index in memory; one takes some 2 KB with the built-in embedder.")]
    [Range(1, 10_000_000)]
    public int Entries { get; init; } = 100_000;

    [Description("Length of the vectors of embedder pool:NAME; the other embedders know theirs.")]
    [Range(2, 65_536)]
    public int? Dimensions { get; init; }

    [Description("The bearable share of wrong answers among those that asks of the same meaning share, in (0, 0.2]: similarity is learned by kind of ask to hold it.")]
    [Range(0.0001, 0.2)]
    public double WrongHits { get; init; } = 0.01;

    [Description("The share of these answers that are checked in the background by asking the pool again; 0 checks none, and then similarity is not learned.")]
    [Range(0, 1)]
    public double Checked { get; init; } = 0.05;

    [Description("Longest ask that is compared, in bytes.")]
    [ByteSize, Range(16, 64 * 1024)]
    public int MaxAskBytes { get; init; } = 2048;
}

/// <summary>What is done with some requests' answers: those of a model, or those that a rule matches.</summary>
public sealed record CachePolicyOptions
{
    [Description("Whether these requests pass by the cache: neither looked up nor kept.")]
    public bool Bypass { get; init; }

    [Description("How long their answers are kept. Absent: as cache says.")]
    public TimeSpan? Ttl { get; init; }

    [Description("Words that their entries are found by when they shall go.")]
    public IReadOnlyList<string> Tags { get; init; } = [];
}
