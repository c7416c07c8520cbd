using System.Diagnostics;
using Gateway.Configuration;
using Gateway.State;
using Gateway.Tests.Running;

namespace Gateway.Tests.State;

/// <summary>Stores that are not there, or not any more.</summary>
public sealed class StateOutageTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly LogLines _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task A_redis_that_dies_is_reported_once_and_found_again_with_what_it_had()
    {
        await using var redis = await RedisServer.StartedAsync();
        await using var store = StateStores.Open(new StateOptions { Redis = redis.Address }, TimeProvider.System, _log);
        Assert.True((await store.SetAsync("key", new byte[] { 7 }, null, None)).IsReached);
        await redis.KillAsync();
        for (var i = 0; i < 10; i++)
            Assert.False((await store.GetAsync("key", None)).IsReached);
        Assert.False(store.IsReached);
        Assert.Single(_log.Lines);
        Assert.StartsWith($"Warning: the state in redis {redis.Address} is out of reach", _log.Lines.Single(), StringComparison.Ordinal);

        await redis.StartAsync();
        Stored<byte[]?> found = default;
        for (var i = 0; i < 500 && !found.IsReached; i++)
        {
            found = await store.GetAsync("key", None);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.Equal([7], found.Value);
        Assert.Equal(2, _log.Lines.Count);
    }

    [Fact]
    public async Task A_redis_that_never_was_costs_a_bounded_time_and_then_none()
    {
        await using var store = StateStores.Open(new StateOptions { Redis = "127.0.0.1:1" }, TimeProvider.System, _log);
        for (var i = 0; i < 3; i++)
            Assert.False((await store.ReadAsync("log", default, 1, None)).IsReached);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 100; i++)
            Assert.False((await store.GetAsync("key", None)).IsReached);
        // A hundred calls take less than one would, because the store is left alone for a while.
        Assert.True(clock.Elapsed < BoundedStateStore.Patience, $"{clock.Elapsed}");
        Assert.Single(_log.Lines);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_made_means_memory_and_a_warning()
    {
        var file = Path.GetTempFileName();
        await using var store = StateStores.Open(new StateOptions { Directory = Path.Combine(file, "data") }, TimeProvider.System, _log);
        Assert.Equal("memory", store.Place);
        Assert.True((await store.SetAsync("key", new byte[] { 1 }, null, None)).IsReached);
        Assert.Contains("set state.directory to a writable place", Assert.Single(_log.Lines), StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task A_file_that_is_no_database_means_memory_and_stays_as_it_is()
    {
        var directory = Directory.CreateTempSubdirectory("gateway-state-").FullName;
        var path = Path.Combine(directory, SqliteStateStore.FileName);
        await File.WriteAllTextAsync(path, new string('x', 8192), TestContext.Current.CancellationToken);
        await using var store = StateStores.Open(new StateOptions { Directory = directory }, TimeProvider.System, _log);
        Assert.Equal("memory", store.Place);
        Assert.Equal(new string('x', 8192), await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Directory.Delete(directory, recursive: true);
    }
}
