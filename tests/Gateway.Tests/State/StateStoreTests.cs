using System.Text;
using Gateway.State;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.State;

/// <summary>What every store promises, held by each of them.</summary>
public sealed class StateStoreTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly string _directory = Directory.CreateTempSubdirectory("gateway-state-").FullName;
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private RedisServer _redis = null!;

    public async ValueTask InitializeAsync() => _redis = await RedisServer.StartedAsync();

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("file")]
    [InlineData("redis")]
    public async Task A_value_is_found_replaced_and_removed(string kind)
    {
        await using var store = Open(kind);
        Assert.Null((await store.GetAsync("a/b", None)).Value);
        await store.SetAsync("a/b", Bytes("one"), null, None);
        await store.SetAsync("a/b", Bytes("two"), null, None);
        Assert.Equal("two", Text((await store.GetAsync("a/b", None)).Value));
        Assert.True((await store.RemoveAsync("a/b", None)).Value);
        Assert.False((await store.RemoveAsync("a/b", None)).Value);
        Assert.Null((await store.GetAsync("a/b", None)).Value);
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("file")]
    [InlineData("redis")]
    public async Task A_value_with_an_expiry_is_gone_after_it(string kind)
    {
        await using var store = Open(kind);
        await store.SetAsync("short", Bytes("x"), TimeSpan.FromMilliseconds(200), None);
        await store.SetAsync("long", Bytes("x"), TimeSpan.FromMinutes(1), None);
        Assert.NotNull((await store.GetAsync("short", None)).Value);
        _time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 200 && (await store.GetAsync("short", None)).Value is not null; i++)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.Null((await store.GetAsync("short", None)).Value);
        Assert.Equal(["long"], (await store.ListAsync("", None)).Value.Select(value => value.Key));
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("file")]
    [InlineData("redis")]
    public async Task A_family_of_keys_is_listed_by_its_prefix_and_nothing_else(string kind)
    {
        await using var store = Open(kind);
        foreach (var key in (string[])["window/auto/b", "window/auto/a", "window/auto2/a", "window*/x", "windo"])
            await store.SetAsync(key, Bytes(key), null, None);
        var auto = (await store.ListAsync("window/auto/", None)).Value;
        Assert.Equal(["window/auto/a", "window/auto/b"], auto.Select(value => value.Key));
        Assert.Equal("window/auto/a", Text(auto[0].Value));
        Assert.Equal(["window*/x"], (await store.ListAsync("window*", None)).Value.Select(value => value.Key));
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("file")]
    [InlineData("redis")]
    public async Task A_log_is_read_in_order_from_a_position_and_keeps_its_last_entries(string kind)
    {
        await using var store = Open(kind);
        Assert.Empty((await store.ReadAsync("log", default, 10, None)).Value);
        for (var i = 0; i < 15; i++)
            Assert.True((await store.AppendAsync("log", Bytes($"{i}"), 10, None)).IsReached);
        await store.AppendAsync("other", Bytes("x"), 10, None);
        var first = (await store.ReadAsync("log", default, 4, None)).Value;
        Assert.Equal(["5", "6", "7", "8"], first.Select(entry => Text(entry.Value)));
        var rest = (await store.ReadAsync("log", first[^1].Position, 100, None)).Value;
        Assert.Equal(["9", "10", "11", "12", "13", "14"], rest.Select(entry => Text(entry.Value)));
        Assert.Empty((await store.ReadAsync("log", rest[^1].Position, 100, None)).Value);
        var position = (await store.AppendAsync("log", Bytes("15"), 10, None)).Value;
        Assert.Equal(position, Assert.Single((await store.ReadAsync("log", rest[^1].Position, 100, None)).Value).Position);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("redis")]
    public async Task What_was_written_is_there_for_the_next_process(string kind)
    {
        await using (var store = Open(kind))
        {
            await store.SetAsync("key", Bytes("value"), null, None);
            await store.AppendAsync("log", Bytes("entry"), 10, None);
        }

        await using var next = Open(kind);
        Assert.Equal("value", Text((await next.GetAsync("key", None)).Value));
        Assert.Equal("entry", Text((await next.ReadAsync("log", default, 10, None)).Value.Single().Value));
    }

    [Fact]
    public async Task Two_gateways_see_each_others_state_in_redis_unless_their_prefix_differs()
    {
        await using var one = Open("redis");
        await using var two = Open("redis");
        await using var other = new RedisStateStore(_redis.Address, null, tls: false, "other", BoundedStateStore.Patience);
        await one.SetAsync("key", Bytes("value"), null, None);
        Assert.Equal("value", Text((await two.GetAsync("key", None)).Value));
        Assert.Null((await other.GetAsync("key", None)).Value);
        Assert.Empty((await other.ListAsync("", None)).Value);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.UTF8.GetString(bytes);

    private IStateStore Open(string kind) => kind switch
    {
        "memory" => SqliteStateStore.InMemory(_time),
        "file" => SqliteStateStore.Open(_directory, _time),
        _ => new RedisStateStore(_redis.Address, null, tls: false, "test", BoundedStateStore.Patience),
    };
}
