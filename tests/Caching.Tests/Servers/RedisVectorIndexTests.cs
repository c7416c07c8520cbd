using Gateway.Caching.Stores;
using Gateway.Caching.Stores.Redis;
using Gateway.Caching.Tests.Stores;

namespace Gateway.Caching.Tests.Servers;

/// <summary>Vectors in the vector sets of a real Redis 8.</summary>
public sealed class RedisVectorIndexTests(RealServers servers) : VectorIndexContract, IAsyncDisposable
{
    private static readonly VectorSpace Space = new("test 1", Dimensions);

    private readonly List<RedisLink> _links = [];

    protected override DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    protected override TimeSpan ShortLife => TimeSpan.FromSeconds(3);

    protected override async ValueTask<IVectorIndex> OpenAsync() => new RedisVectorIndex(await LinkAsync(), Space, TimeProvider.System);

    protected override Task PassAsync(TimeSpan time) => Task.Delay(time, Cancel);

    public async ValueTask DisposeAsync()
    {
        foreach (var link in _links)
            await link.DisposeAsync();
    }

    [Fact]
    public async Task A_server_without_vector_sets_says_what_it_lacks()
    {
        await using var link = new RedisLink((await servers.Redis7Async()).Settings());
        var version = (await link.DatabaseAsync()).Multiplexer.GetServers().Single().Version;
        var index = new RedisVectorIndex(link, Space, TimeProvider.System);
        var vector = Samples.UnitVector(new Random(1), Dimensions);
        if (version.Major >= 8)
        {
            Assert.Empty(await index.SearchAsync(Scope, vector, 1, 0, Cancel));
            return;
        }

        var refusal = await Assert.ThrowsAsync<NotSupportedException>(async () => await index.SearchAsync(Scope, vector, 1, 0, Cancel));
        Assert.Contains("Redis 8", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<NotSupportedException>(async () => await index.AddAsync(Entry(1, vector), Cancel));
    }

    [Fact]
    public async Task Spaces_do_not_see_each_other()
    {
        var link = await LinkAsync();
        var (one, other) = (new RedisVectorIndex(link, Space, TimeProvider.System), new RedisVectorIndex(link, Space with { Embedder = "test 2" }, TimeProvider.System));
        var vector = Samples.UnitVector(new Random(1), Dimensions);
        await one.AddAsync(Entry(1, vector), Cancel);
        Assert.Empty(await other.SearchAsync(Scope, vector, 1, 0, Cancel));
        Assert.Equal((1, 0), (await one.CountAsync(Cancel), await other.CountAsync(Cancel)));
    }

    [Fact]
    public async Task Leaves_nothing_behind_once_all_is_removed_or_expired()
    {
        var link = await LinkAsync();
        var index = new RedisVectorIndex(link, Space, TimeProvider.System);
        var chance = new Random(1);
        for (var i = 0; i < 60; i++)
        {
            // Those that live on first: a set that has only short-lived ones goes as a whole.
            var lives = i < 30 ? TimeSpan.FromHours(1) : TimeSpan.FromMilliseconds(400);
            await index.AddAsync(Entry(i, Samples.UnitVector(chance, Dimensions), Samples.Key($"scope {i % 4}"), lives: lives), Cancel);
        }

        await Task.Delay(500, Cancel);
        Assert.Equal(30, await index.CountAsync(Cancel));
        Assert.Equal(30, await index.RemoveAsync(new EntryFilter(ExpiredAt: Now), Cancel));
        Assert.Equal(30, await index.RemoveAsync(new EntryFilter(), Cancel));
        var keys = new List<string>();
        await foreach (var key in (await link.DatabaseAsync()).Multiplexer.GetServers().Single().KeysAsync(pattern: $"{link.Prefix}:*"))
            keys.Add(key!);
        Assert.Empty(keys);
    }

    private async Task<RedisLink> LinkAsync()
    {
        var link = new RedisLink((await servers.Redis8Async()).Settings());
        _links.Add(link);
        return link;
    }
}
