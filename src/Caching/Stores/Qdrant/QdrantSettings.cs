namespace Gateway.Caching.Stores.Qdrant;

/// <summary>Where a Qdrant server is and how it is spoken to.</summary>
/// <param name="Address">Its REST API, such as <c>http://qdrant:6333</c>.</param>
/// <param name="ApiKey">Null: none.</param>
/// <param name="Prefix">What its collections' names begin with.</param>
public sealed record QdrantSettings(Uri Address, string? ApiKey = null, string Prefix = "gateway-cache");
