using Gateway.Caching.Stores;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Caching.Tests.Stores;

public sealed class TieredAnswerStoreTests : AnswerStoreContract, IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(Samples.Start);
    private readonly FakeFarStore _far = new();

    protected override DateTimeOffset Now => _time.GetUtcNow();

    protected override ValueTask<IAnswerStore> OpenAsync() =>
        new(new TieredAnswerStore(Near(), new MemoryAnswerStore(1 << 20, _time), TimeSpan.FromDays(1), _time));

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _far.DisposeAsync();

    [Fact]
    public async Task Looks_into_the_far_store_only_for_what_is_not_near()
    {
        await using var store = New();
        await _far.SetAsync(Samples.Key(1), Samples.Answer("far"), Cancel);
        Assert.Equal("far", await TextAsync(store, 1));
        var calls = _far.Calls;
        Assert.Equal("far", await TextAsync(store, 1));
        Assert.Equal(calls, _far.Calls);
    }

    [Fact]
    public async Task Believes_what_is_near_for_a_while_only()
    {
        await using var store = New();
        await store.SetAsync(Samples.Key(1), Samples.Answer("old"), Cancel);
        await SettledAsync(store);
        await _far.SetAsync(Samples.Key(1), Samples.Answer("new, by another gateway"), Cancel);
        Assert.Equal("old", await TextAsync(store, 1));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("new, by another gateway", await TextAsync(store, 1));
    }

    [Fact]
    public async Task Puts_into_the_far_store_in_the_background_and_a_slow_one_holds_nobody_up()
    {
        await using var store = New();
        var slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _far.Before = () => slow.Task;
        for (var i = 0; i < 3 * TieredAnswerStore.MostWaiting; i++)
            AtOnce.Of(store.SetAsync(Samples.Key(i), Samples.Answer($"{i}"), Cancel));
        Assert.Equal("7", await TextAsync(store, 7));
        Assert.InRange(store.Drops, 1, 2 * TieredAnswerStore.MostWaiting);
        _far.Before = () => Task.CompletedTask;
        slow.SetResult();
        await SettledAsync(store);
        // Not the oldest that waited: the newest are there.
        Assert.NotNull(await _far.GetAsync(Samples.Key((3 * TieredAnswerStore.MostWaiting) - 2), Cancel));
    }

    [Fact]
    public async Task A_removal_takes_what_was_put_before_it_from_both()
    {
        await using var store = New();
        for (var i = 0; i < 100; i++)
            await store.SetAsync(Samples.Key(i), Samples.Answer(), Cancel);
        Assert.Equal(100, await store.RemoveAsync(new EntryFilter(Owner: "acme"), Cancel));
        Assert.Null(await TextAsync(store, 1));
        Assert.Null(await _far.GetAsync(Samples.Key(1), Cancel));
    }

    [Fact]
    public async Task A_far_store_that_fails_is_counted_and_the_next_answer_is_put_all_the_same()
    {
        await using var store = New();
        _far.Before = () => Task.FromException(new InvalidOperationException("no"));
        await store.SetAsync(Samples.Key(1), Samples.Answer("near"), Cancel);
        Assert.Equal("near", await TextAsync(store, 1));
        for (var i = 0; i < 500 && store.Failures == 0; i++)
            await Task.Delay(10, Cancel);
        Assert.Equal(1, store.Failures);
        _far.Before = () => Task.CompletedTask;
        await store.SetAsync(Samples.Key(2), Samples.Answer(), Cancel);
        await SettledAsync(store);
        Assert.NotNull(await _far.GetAsync(Samples.Key(2), Cancel));
    }

    /// <summary>Waits until all that was put is in the far store: a removal does.</summary>
    private static async Task SettledAsync(TieredAnswerStore store) => await store.RemoveAsync(new EntryFilter(Owner: "nobody"), Cancel);

    private MemoryAnswerStore Near() => new(8 << 20, _time);

    private TieredAnswerStore New() => new(Near(), _far, TimeSpan.FromMinutes(1), _time);
}
