namespace Gateway.Caching.Stores.Redis;

/// <summary>Where a Redis server is and how it is spoken to.</summary>
/// <param name="Address">Host and port, several with commas between them for a cluster.</param>
/// <param name="Password">Null: none.</param>
/// <param name="Tls">Whether the connection is encrypted.</param>
/// <param name="Prefix">What all keys begin with.</param>
public sealed record RedisSettings(string Address, string? Password = null, bool Tls = false, string Prefix = "gateway:cache");
