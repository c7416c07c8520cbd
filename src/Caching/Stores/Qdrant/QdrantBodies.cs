using System.Text.Json.Serialization;

namespace Gateway.Caching.Stores.Qdrant;

/// <summary>The bodies of Qdrant's REST API of which this index makes use, as of version 1.16.</summary>
internal static class QdrantBodies
{
    public sealed record Created(VectorShape Vectors, Quantization QuantizationConfig);

    public sealed record VectorShape(int Size, string Distance);

    public sealed record Quantization(ScalarQuantization Scalar);

    public sealed record ScalarQuantization(string Type, float Quantile, bool AlwaysRam);

    public sealed record FieldIndex(string FieldName, FieldSchema FieldSchema);

    public sealed record FieldSchema(string Type, bool? IsTenant = null, bool? Lookup = null, bool? Range = null);

    public sealed record Upsert(Point[] Points);

    public sealed record Point(Guid Id, ReadOnlyMemory<float> Vector, Payload Payload);

    /// <summary>What stands beside a vector. Moments are in milliseconds since 1970.</summary>
    public sealed record Payload(string Key, string Scope, string Owner, string Model, string[] Tags, long Stored, long Expires, byte[] Content);

    public sealed record Query(
        [property: JsonPropertyName("query")] ReadOnlyMemory<float> Vector, Filter Filter, SearchParameters Params, int Limit, float ScoreThreshold, string[] WithPayload);

    public sealed record SearchParameters(QuantizationSearch Quantization);

    public sealed record QuantizationSearch(bool Rescore);

    public sealed record Filter(Condition[] Must);

    public sealed record Condition(string? Key = null, Match? Match = null, Range? Range = null, Guid[]? HasId = null);

    public sealed record Match(string Value);

    public sealed record Range(long? Gt = null, long? Lt = null, long? Lte = null);

    public sealed record Filtered(Filter Filter, bool? Exact = null);

    public sealed record Answer<T>(T Result);

    public sealed record Found(FoundPoint[] Points);

    public sealed record FoundPoint(float Score, FoundPayload? Payload);

    public sealed record FoundPayload(string? Key, byte[]? Content);

    public sealed record Counted(long Count);

    public sealed record Collection(CollectionSettings Config);

    public sealed record CollectionSettings(CollectionParameters Params);

    public sealed record CollectionParameters(VectorShape Vectors);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(QdrantBodies.Created))]
[JsonSerializable(typeof(QdrantBodies.FieldIndex))]
[JsonSerializable(typeof(QdrantBodies.Upsert))]
[JsonSerializable(typeof(QdrantBodies.Query))]
[JsonSerializable(typeof(QdrantBodies.Filtered))]
[JsonSerializable(typeof(QdrantBodies.Answer<QdrantBodies.Found>), TypeInfoPropertyName = "AnswerFound")]
[JsonSerializable(typeof(QdrantBodies.Answer<QdrantBodies.Counted>), TypeInfoPropertyName = "AnswerCounted")]
[JsonSerializable(typeof(QdrantBodies.Answer<QdrantBodies.Collection>), TypeInfoPropertyName = "AnswerCollection")]
internal sealed partial class QdrantJson : JsonSerializerContext;
