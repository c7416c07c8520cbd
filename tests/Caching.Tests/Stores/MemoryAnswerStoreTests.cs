using CsCheck;
using Gateway.Caching.Stores;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Caching.Tests.Stores;

public sealed class MemoryAnswerStoreTests : AnswerStoreContract
{
    private readonly FakeTimeProvider _time = new(Samples.Start);

    protected override DateTimeOffset Now => _time.GetUtcNow();

    protected override ValueTask<IAnswerStore> OpenAsync() => new(new MemoryAnswerStore(64 << 20, _time));

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_hit_allocates_nothing()
    {
        await using var store = new MemoryAnswerStore(1 << 20, _time);
        for (var i = 0; i < 100; i++)
            await store.SetAsync(Samples.Key(i), Samples.Answer(), Cancel);
        var keys = Enumerable.Range(0, 100).Select(Samples.Key).ToArray();
        var found = 0;
        var allocated = Allocated.Least(() =>
        {
            for (var i = 0; i < 1000; i++)
                found += AtOnce.Of(store.GetAsync(keys[i % keys.Length], default)) is null ? 0 : 1;
        });
        Assert.Equal(0, allocated);
        Assert.Equal(5000, found);
    }

    [Fact]
    public void Whatever_is_put_got_and_removed_it_never_weighs_more_than_it_may()
    {
        var calls = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 60], Gen.Int[700, 40_000]).Array[0, 400];
        Gen.Select(calls, Gen.Long[0, 200_000]).Sample(
            (steps, bytes) =>
            {
                var store = new MemoryAnswerStore(bytes, _time);
                var model = new Dictionary<CacheKey, ReadOnlyMemory<byte>>();
                foreach (var (call, number, weight) in steps)
                {
                    var key = Samples.Key(number);
                    if (call < 2)
                    {
                        var answer = Samples.Weighing(weight);
                        AtOnce.Of(store.SetAsync(key, answer, default));
                        model[key] = answer.Body;
                    }
                    else if (call == 2)
                    {
                        // What it says it has is what was put last.
                        if (AtOnce.Of(store.GetAsync(key, default)) is { } found)
                            Assert.Equal(model[key].Length, found.Body.Length);
                    }
                    else
                    {
                        AtOnce.Of(store.RemoveAsync(new EntryFilter(key), default));
                        model.Remove(key);
                        Assert.Null(AtOnce.Of(store.GetAsync(key, default)));
                    }

                    Assert.InRange(store.Figures.Bytes, 0, bytes);
                }

                var kept = model.Keys.Count(key => AtOnce.Of(store.GetAsync(key, default)) is not null);
                Assert.Equal(kept, store.Figures.Entries);
            },
            iter: 300);
    }

    [Fact]
    public async Task Threads_that_put_get_and_remove_at_once_leave_it_whole()
    {
        const long Bytes = 16 << 20;
        await using var store = new MemoryAnswerStore(Bytes, _time);
        await Parallel.ForAsync(0, 4, Cancel, async (thread, cancel) =>
        {
            var chance = new Random(thread);
            for (var i = 0; i < 20_000; i++)
            {
                var key = Samples.Key(chance.Next(4000));
                if (await store.GetAsync(key, cancel) is null)
                    await store.SetAsync(key, Samples.Weighing(1000 + chance.Next(20_000)), cancel);
                if (chance.Next(50) == 0)
                    await store.RemoveAsync(new EntryFilter(key), cancel);
            }
        });
        var figures = store.Figures;
        Assert.InRange(figures.Bytes, Bytes / 2, Bytes);
        Assert.Equal(80_000, figures.Hits + figures.Misses);
        Assert.Equal(figures.Entries, await store.RemoveAsync(new EntryFilter(), Cancel));
        Assert.Equal(0, store.Figures.Bytes);
    }

    [Fact]
    public async Task An_answer_bigger_than_the_store_is_not_kept_and_takes_what_it_replaced_with_it()
    {
        await using var store = new MemoryAnswerStore(10_000, _time);
        await store.SetAsync(Samples.Key(1), Samples.Weighing(1000), Cancel);
        await store.SetAsync(Samples.Key(1), Samples.Weighing(20_000), Cancel);
        Assert.Null(await store.GetAsync(Samples.Key(1), Cancel));
        Assert.Equal((0, 0, 1), (store.Figures.Entries, store.Figures.Bytes, store.Figures.Rejections));
    }

    [Fact]
    public async Task What_is_expired_makes_room_however_often_it_was_asked_for()
    {
        await using var store = new MemoryAnswerStore(10_000, _time);
        for (var i = 0; i < 9; i++)
        {
            await store.SetAsync(Samples.Key(i), Samples.Weighing(1000) with { Facts = Samples.Facts() }, Cancel);
            for (var asks = 0; asks < 10; asks++)
                await store.GetAsync(Samples.Key(i), Cancel);
        }

        await store.SetAsync(Samples.Key(100), Samples.Weighing(1000), Cancel);
        Assert.Null(await store.GetAsync(Samples.Key(100), Cancel));
        _time.Advance(TimeSpan.FromHours(2));
        await store.SetAsync(Samples.Key(100), Samples.Weighing(1000), Cancel);
        Assert.NotNull(await store.GetAsync(Samples.Key(100), Cancel));
    }

    [Fact]
    public async Task A_big_answer_has_to_be_worth_all_the_small_ones_it_would_drive_out()
    {
        await using var store = new MemoryAnswerStore(100_000, _time);
        for (var i = 0; i < 97; i++)
        {
            await store.GetAsync(Samples.Key(i), Cancel);
            await store.SetAsync(Samples.Key(i), Samples.Weighing(1000), Cancel);
        }

        // Asked for three times, it beats any two of them and not the ten whose room it needs.
        for (var i = 0; i < 3; i++)
        {
            await store.GetAsync(Samples.Key("big"), Cancel);
            await store.SetAsync(Samples.Key("big"), Samples.Weighing(12_000), Cancel);
        }

        Assert.Null(await store.GetAsync(Samples.Key("big"), Cancel));
        Assert.Equal(97, store.Figures.Entries);
    }
}
