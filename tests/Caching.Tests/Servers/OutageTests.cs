using System.Collections.Concurrent;
using System.Diagnostics;
using Gateway.Caching.Stores;
using Gateway.Caching.Stores.Guarding;
using Gateway.Caching.Stores.Redis;
using Gateway.Caching.Tests.Stores;

namespace Gateway.Caching.Tests.Servers;

/// <summary>Real servers that are frozen and killed while they are asked: looks stay short, nothing throws, and all is well again by itself.</summary>
public sealed class OutageTests
{
    private const int Dimensions = 48;

    /// <summary>A hundred looks, each waited for to the end, would take two seconds at a budget each; left alone they take next to none.</summary>
    private static readonly GuardSettings Settings = new() { Budget = TimeSpan.FromMilliseconds(200), Rest = TimeSpan.FromMilliseconds(300) };

    private static readonly VectorSpace Space = new("test-1", Dimensions);
    private static readonly float[] Vector = Samples.UnitVector(new Random(1), Dimensions);

    private readonly ConcurrentQueue<StoreFault> _faults = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Redis_is_frozen_and_killed_under_the_store_of_answers()
    {
        await using var server = await RedisServer.InstalledAsync();
        await using var link = new RedisLink(server.Settings());
        var store = new GuardedAnswerStore(new RedisAnswerStore(link, TimeProvider.System), Guard("redis"));
        await SurvivesAsync(
            server.Process,
            async () => await store.GetAsync(Samples.Key(1), Cancel) is not null,
            async () => await store.SetAsync(Samples.Key(1), Samples.Answer(facts: Facts()), Cancel),
            store.Guard);
    }

    [Fact]
    public async Task Redis_is_frozen_and_killed_under_the_index_of_vectors()
    {
        await using var server = await RedisServer.WithVectorSetsAsync();
        await using var link = new RedisLink(server.Settings());
        await IndexSurvivesAsync(server.Process, new RedisVectorIndex(link, Space, TimeProvider.System), "redis");
    }

    [Fact]
    public async Task Qdrant_is_frozen_and_killed_under_the_index_of_vectors()
    {
        await using var server = await QdrantServer.StartAsync();
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        var index = new QdrantIndex(http, server.Settings(), Space, TimeProvider.System);
        await index.PrepareAsync(Cancel);
        await IndexSurvivesAsync(server.Process, index, "qdrant");
    }

    [Fact]
    public async Task A_server_that_never_was_costs_a_few_looks_and_then_none()
    {
        await using var link = new RedisLink(new RedisSettings($"127.0.0.1:{ServerProcess.FreePort()}"));
        await using var store = new GuardedAnswerStore(new RedisAnswerStore(link, TimeProvider.System), Guard("redis"));
        for (var i = 0; i < 100; i++)
            Assert.Null(await store.GetAsync(Samples.Key(1), Cancel));
        Assert.Contains(_faults, fault => fault.Kind == StoreFaultKind.LeftAlone);
    }

    private async Task IndexSurvivesAsync(ServerProcess server, IVectorIndex inner, string name)
    {
        var index = new GuardedVectorIndex(inner, Guard(name));
        await SurvivesAsync(
            server,
            async () => (await index.SearchAsync(Samples.Key("scope"), Vector, 1, 0.9f, Cancel)).Count == 1,
            async () => await index.AddAsync(new IndexEntry(Samples.Key(1), Samples.Key("scope"), Vector, Facts(), new byte[10]), Cancel),
            index.Guard);
    }

    private async Task SurvivesAsync(ServerProcess server, Func<Task<bool>> look, Func<Task> put, StoreGuard guard)
    {
        // The first look may have to wait for the connection, and a busy machine for anything.
        await EventuallyAsync(async () =>
        {
            await put();
            return await look();
        });

        server.Freeze();
        await LooksStayShortAsync(look, guard);
        Assert.Contains(_faults, fault => fault.Kind == StoreFaultKind.TooSlow);
        server.Thaw();
        await EventuallyAsync(look);
        Assert.False(guard.IsOpen);

        await server.KillAsync();
        await LooksStayShortAsync(look, guard);
        Assert.Contains(_faults, fault => fault.Kind == StoreFaultKind.LeftAlone);
        await server.StartAsync();
        // With what it had: both servers had written it down.
        await EventuallyAsync(look);
        Assert.False(guard.IsOpen);
    }

    private async Task LooksStayShortAsync(Func<Task<bool>> look, StoreGuard guard)
    {
        _faults.Clear();
        var looks = 0;
        var clock = Stopwatch.StartNew();
        for (; looks < 1000 && !guard.IsOpen; looks++)
            Assert.False(await look());
        Assert.True(guard.IsOpen);
        // What bounds a look is tested with a clock of our own; here, that the library's own patience of a second and more is not waited for.
        Assert.InRange(looks, 1, 20);
        Assert.True(clock.Elapsed < looks * TimeSpan.FromSeconds(1), $"{looks} looks took {clock.Elapsed}");
        for (var i = 0; i < 100; i++)
            Assert.False(await look());
    }

    private static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > TimeSpan.FromSeconds(60))
                throw new TimeoutException("not so after a minute");
            await Task.Delay(20, Cancel);
        }
    }

    private static EntryFacts Facts() => Samples.Facts(storedAt: TimeProvider.System.GetUtcNow());

    private StoreGuard Guard(string name) => new(name, Settings, TimeProvider.System, _faults.Enqueue);
}
