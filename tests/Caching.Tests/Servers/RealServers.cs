using System.Runtime.Versioning;
using Gateway.Caching.Tests.Servers;

[assembly: AssemblyFixture(typeof(RealServers))]
[assembly: SupportedOSPlatform("linux")]

namespace Gateway.Caching.Tests.Servers;

/// <summary>One server of each kind for all tests that do not break it, each test with keys of its own; started when first asked for.</summary>
public sealed class RealServers : IAsyncDisposable
{
    private readonly Lazy<Task<RedisServer>> _redis7 = new(RedisServer.InstalledAsync);
    private readonly Lazy<Task<RedisServer>> _redis8 = new(RedisServer.WithVectorSetsAsync);
    private readonly Lazy<Task<QdrantServer>> _qdrant = new(QdrantServer.StartAsync);

    internal Task<RedisServer> Redis7Async() => _redis7.Value;

    internal Task<RedisServer> Redis8Async() => _redis8.Value;

    internal Task<QdrantServer> QdrantAsync() => _qdrant.Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var redis in new[] { _redis7, _redis8 })
        {
            if (redis.IsValueCreated && redis.Value.IsCompletedSuccessfully)
                await (await redis.Value).DisposeAsync();
        }

        if (_qdrant.IsValueCreated && _qdrant.Value.IsCompletedSuccessfully)
            await (await _qdrant.Value).DisposeAsync();
    }
}
