using Gateway.Caching.Tests.Servers;
using Gateway.Configuration;
using Gateway.Tests.Running;

namespace Gateway.Tests.Cache.Storage;

/// <summary>Gateways that share a cache on real servers, and servers that go away.</summary>
public sealed class SharedCacheTests
{
    private const string Known = "What is the capital of France?", Same = "what is the capital of France";

    /// <summary>A budget that a busy machine keeps; what it holds to is shown in the room, by a clock of the test's own.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task What_one_gateway_was_answered_another_knows_and_a_flush_reaches_both()
    {
        await using var redis = await RedisServer.InstalledAsync();
        await using var one = await StartAsync(redis);
        await using var other = await StartAsync(redis);
        await FillAsync(one, redis);
        Assert.Equal("hit exact", await other.OutcomeAsync(Ask.Chat(ask: Known)));
        Assert.NotEqual("hit exact", await other.OutcomeAsync(Ask.Chat(ask: Known), ("Authorization", "Bearer another")));
        using var admin = new HttpClient { BaseAddress = one.Admin };
        using var flushed = await admin.PostAsync("admin/cache/flush", null);
        Assert.True(flushed.IsSuccessStatusCode);
        Assert.Equal("miss", await one.OutcomeAsync(Ask.Chat(ask: Known)));
        var epoch = one.Live.Current.Cache!.Answers.Epoch;
        await CallerTests.UntilAsync(() => other.Live.Current.Cache!.Answers.Epoch == epoch);
    }

    [Theory]
    [InlineData(SemanticOptions.Redis)]
    [InlineData(SemanticOptions.Qdrant)]
    public async Task Asks_that_mean_the_same_are_found_in_a_shared_index(string index)
    {
        await using var redis = await RedisServer.WithVectorSetsAsync();
        await using var qdrant = await QdrantServer.StartAsync();
        await using var one = await StartAsync(redis, qdrant, index);
        await using var other = await StartAsync(redis, qdrant, index);
        await FillAsync(one, redis);
        Assert.StartsWith("hit semantic ", await other.OutcomeAsync(Ask.Chat(ask: Same)), StringComparison.Ordinal);
        Assert.DoesNotContain("hit", await other.OutcomeAsync(Ask.Chat(ask: Same), ("Authorization", "Bearer another")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_dies_and_comes_back_costs_no_request()
    {
        await using var redis = await RedisServer.InstalledAsync();
        await using var gateway = await StartAsync(redis);
        await gateway.OutcomeAsync(Ask.Chat(ask: Known));
        await redis.Process.KillAsync();
        for (var i = 0; i < 10; i++)
            Assert.StartsWith("miss", await gateway.OutcomeAsync(Ask.Chat(ask: $"Is {i} a number?")), StringComparison.Ordinal);
        Assert.Contains(gateway.Live.Current.Cache!.Storage.Guards, guard => guard.IsOpen);
        await redis.Process.StartAsync();
        for (var i = 0; gateway.Live.Current.Cache!.Storage.Guards.Any(guard => guard.IsOpen); i++)
        {
            Assert.True(i < 1000, "the server is back, and left alone all the same");
            // A look is what a server that was left alone is tried by.
            await gateway.OutcomeAsync(Ask.Chat(ask: $"Is {i} a number again?"));
            await Task.Delay(20);
        }
    }

    /// <summary>Has an answer stored, also where the others look: it is put there in the background.</summary>
    private static async Task FillAsync(GatewayApplication gateway, RedisServer redis)
    {
        await gateway.OutcomeAsync(Ask.Chat(ask: Known));
        await gateway.SettleAsync();
        await using var link = await RedisServer.ConnectedAsync(redis.Settings());
        var database = await link.DatabaseAsync();
        // This answer, and the one that settling waits for.
        for (var i = 0; database.Multiplexer.GetServers()[0].Keys(pattern: "shared:answer:*").Count() < 2; i++)
        {
            Assert.True(i < 1000, "nothing was stored in Redis");
            await Task.Delay(10);
        }
    }

    private static Task<GatewayApplication> StartAsync(RedisServer redis, QdrantServer? qdrant = null, string? index = null)
    {
        var (kept, vectors) = (redis.Settings(), qdrant?.Settings());
        return CachedGateway.StartAsync(
            cache => cache with
            {
                Budget = Budget,
                Exact = cache.Exact with { Store = ExactOptions.Redis },
                Redis = new CacheRedisOptions { Address = kept.Address, Prefix = "shared" },
                Qdrant = vectors is null ? null : new QdrantOptions { Url = vectors.Address, ApiKey = vectors.ApiKey, Prefix = "shared" },
                Semantic = index is null ? null : new SemanticOptions { Index = index, Similarity = 0.9, Checked = 0 },
            },
            options => options with { State = new StateOptions { Redis = kept.Address } });
    }
}
