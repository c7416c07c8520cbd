using System.Text;
using Gateway.Caching.Stores;
using Gateway.Caching.Stores.Redis;
using Gateway.Caching.Tests.Stores;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Caching.Tests.Servers;

/// <summary>Answers in a real Redis 7.</summary>
public sealed class RedisAnswerStoreTests(RealServers servers) : AnswerStoreContract, IAsyncDisposable
{
    private readonly List<RedisLink> _links = [];

    protected override DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    protected override async ValueTask<IAnswerStore> OpenAsync() => new RedisAnswerStore(await LinkAsync(), TimeProvider.System);

    protected override Task PassAsync(TimeSpan time) => Task.Delay(time, Cancel);

    public async ValueTask DisposeAsync()
    {
        foreach (var link in _links)
            await link.DisposeAsync();
    }

    [Fact]
    public async Task Two_gateways_share_what_one_put_and_what_the_other_removed()
    {
        var settings = (await servers.Redis7Async()).Settings();
        await using var one = new RedisLink(settings);
        await using var other = new RedisLink(settings);
        var (here, there) = (new RedisAnswerStore(one, TimeProvider.System), new RedisAnswerStore(other, TimeProvider.System));
        await here.SetAsync(Samples.Key(1), Samples.Answer(facts: Samples.Facts(storedAt: Now)), Cancel);
        Assert.Equal("Paris.", await TextAsync(there, 1));
        Assert.Equal(1, await there.RemoveAsync(new EntryFilter(Owner: "acme"), Cancel));
        Assert.Null(await TextAsync(here, 1));
    }

    [Fact]
    public async Task What_the_server_still_has_and_our_clock_calls_expired_is_not_returned()
    {
        var clock = new FakeTimeProvider(Now);
        var store = new RedisAnswerStore(await LinkAsync(), clock);
        await store.SetAsync(Samples.Key(1), Samples.Answer(facts: Samples.Facts(storedAt: Now)), Cancel);
        Assert.NotNull(await TextAsync(store, 1));
        clock.Advance(TimeSpan.FromHours(2));
        Assert.Null(await TextAsync(store, 1));
    }

    [Fact]
    public async Task Bytes_of_another_version_or_of_somebody_else_are_a_miss()
    {
        var link = await LinkAsync();
        var store = new RedisAnswerStore(link, TimeProvider.System);
        var database = await link.DatabaseAsync();
        foreach (var bytes in new byte[][] { [], [1], [2, 0, 0], Encoding.UTF8.GetBytes("{\"answer\":\"Paris\"}") })
        {
            await database.StringSetAsync($"{link.Prefix}:answer:{Samples.Key(1)}", bytes);
            Assert.Null(await TextAsync(store, 1));
        }
    }

    [Fact]
    public async Task Leaves_nothing_behind_once_all_is_removed()
    {
        var link = await LinkAsync();
        var store = new RedisAnswerStore(link, TimeProvider.System);
        for (var i = 0; i < 1200; i++)
            await store.SetAsync(Samples.Key(i), Samples.Answer(facts: Samples.Facts($"owner {i % 3}", storedAt: Now, tags: ["faq"])), Cancel);
        Assert.Equal(400, await store.RemoveAsync(new EntryFilter(Owner: "owner 1"), Cancel));
        Assert.Equal(800, await store.RemoveAsync(new EntryFilter(), Cancel));
        Assert.Empty(await KeysAsync(link));
    }

    [Fact]
    public async Task Everything_it_writes_expires_by_itself()
    {
        var link = await LinkAsync();
        var store = new RedisAnswerStore(link, TimeProvider.System);
        var lives = TimeSpan.FromMilliseconds(500);
        await store.SetAsync(Samples.Key(1), Samples.Answer(facts: Samples.Facts(storedAt: Now, lives: lives / 2, tags: ["faq"])), Cancel);
        await store.SetAsync(Samples.Key(2), Samples.Answer(facts: Samples.Facts(storedAt: Now, lives: lives, tags: ["faq"])), Cancel);
        Assert.Equal(6, (await KeysAsync(link)).Length);
        await Task.Delay(2 * lives, Cancel);
        Assert.Empty(await KeysAsync(link));
    }

    [Fact]
    public async Task Facts_longer_than_a_look_at_their_start_are_found_for_removal_too()
    {
        var store = new RedisAnswerStore(await LinkAsync(), TimeProvider.System);
        var facts = Samples.Facts(storedAt: Now, tags: [.. Enumerable.Range(0, 300).Select(i => $"tag number {i}")]);
        await store.SetAsync(Samples.Key(1), Samples.Answer(facts: facts), Cancel);
        Assert.Equal(1, await store.RemoveAsync(new EntryFilter(Tag: "tag number 299"), Cancel));
    }

    private static async Task<string[]> KeysAsync(RedisLink link)
    {
        var server = (await link.DatabaseAsync()).Multiplexer.GetServers().Single();
        var keys = new List<string>();
        await foreach (var key in server.KeysAsync(pattern: $"{link.Prefix}:*"))
            keys.Add(key!);
        return [.. keys];
    }

    private async Task<RedisLink> LinkAsync()
    {
        var link = new RedisLink((await servers.Redis7Async()).Settings());
        _links.Add(link);
        return link;
    }
}
