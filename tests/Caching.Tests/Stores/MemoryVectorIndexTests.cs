using CsCheck;
using Gateway.Caching.Stores;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Caching.Tests.Stores;

public sealed class MemoryVectorIndexTests : VectorIndexContract
{
    private readonly FakeTimeProvider _time = new(Samples.Start);

    protected override DateTimeOffset Now => _time.GetUtcNow();

    protected override ValueTask<IVectorIndex> OpenAsync() => new(New(1000));

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    [Fact]
    public void After_any_additions_removals_and_searches_it_finds_what_a_plain_list_would()
    {
        var calls = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 30], Gen.Int[0, 2], Gen.Int[0, 1000]).Array[0, 300];
        calls.Sample(
            steps =>
            {
                var index = New(1000);
                var model = new Dictionary<CacheKey, IndexEntry>();
                foreach (var (call, number, scope, seed) in steps)
                {
                    var vector = Samples.UnitVector(new Random(seed), Dimensions);
                    if (call < 6)
                    {
                        var entry = Entry(number, vector, Samples.Key($"scope {scope}"), owner: $"owner {scope}");
                        AtOnce.Of(index.AddAsync(entry, default));
                        model[entry.Id] = entry;
                    }
                    else if (call == 6)
                    {
                        var filter = new EntryFilter(Owner: seed % 10 == 0 ? $"owner {scope}" : null, Id: seed % 10 == 0 ? null : Samples.Key(number));
                        Assert.Equal(model.Values.Count(entry => filter.Matches(entry.Id, entry.Facts)), AtOnce.Of(index.RemoveAsync(filter, default)));
                        foreach (var gone in model.Values.Where(entry => filter.Matches(entry.Id, entry.Facts)).ToArray())
                            model.Remove(gone.Id);
                    }
                    else
                    {
                        AssertSame(model.Values, index, Samples.Key($"scope {scope}"), vector);
                    }

                    Assert.Equal(model.Count, index.Figures.Entries);
                }
            },
            iter: 200);
    }

    [Fact]
    public async Task Never_holds_more_than_it_may_and_lets_go_of_what_is_not_found()
    {
        var index = New(100);
        var chance = new Random(5);
        var kept = Enumerable.Range(0, 20).Select(i => Entry(i, Samples.UnitVector(chance, Dimensions))).ToArray();
        foreach (var entry in kept)
            await index.AddAsync(entry, Cancel);
        for (var i = 1000; i < 2000; i++)
        {
            if (i % 20 == 0)
            {
                foreach (var entry in kept)
                    Assert.Contains(await index.SearchAsync(Scope, entry.Vector, 1, 0.9f, Cancel), one => one.Id == entry.Id);
            }

            await index.AddAsync(Entry(i, Samples.UnitVector(chance, Dimensions)), Cancel);
            Assert.InRange(index.Figures.Entries, 0, 100);
        }

        Assert.Equal(920, index.Figures.Evictions);
    }

    [Fact]
    public async Task What_is_expired_goes_first_however_often_it_was_found()
    {
        var index = New(10);
        var vector = Samples.UnitVector(new Random(5), Dimensions);
        for (var i = 0; i < 10; i++)
            await index.AddAsync(Entry(i, vector, lives: i < 5 ? TimeSpan.FromMinutes(1) : null), Cancel);
        Assert.Equal(10, (await index.SearchAsync(Scope, vector, 10, 0.9f, Cancel)).Count);
        _time.Advance(TimeSpan.FromMinutes(2));
        for (var i = 10; i < 15; i++)
            await index.AddAsync(Entry(i, vector), Cancel);
        Assert.Equal((5, 0), (index.Figures.Expirations, index.Figures.Evictions));
        Assert.Equal(10, await index.CountAsync(Cancel));
    }

    [Fact]
    public async Task Searches_go_on_while_others_add_and_remove()
    {
        var index = New(5000);
        var steady = Samples.UnitVector(new Random(1), Dimensions);
        await index.AddAsync(Entry(-1, steady), Cancel);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var writers = Parallel.ForAsync(0, 2, Cancel, async (thread, cancel) =>
        {
            var chance = new Random(thread);
            for (var i = 0; i < 10_000; i++)
            {
                var number = (2 * chance.Next(2000)) + thread;
                if (chance.Next(3) == 0)
                    await index.RemoveAsync(new EntryFilter(Samples.Key(number)), cancel);
                else
                    await index.AddAsync(Entry(number, Samples.UnitVector(chance, Dimensions)), cancel);
            }
        });
        var searches = 0;
        while (!writers.IsCompleted)
        {
            var found = await index.SearchAsync(Scope, steady, 1, 0.99f, Cancel);
            Assert.Equal(Samples.Key(-1), Assert.Single(found).Id);
            searches++;
            if (searches % 50 == 0)
                await Task.Yield();
        }

        await writers;
        Assert.NotEqual(0, searches);
        Assert.Equal(index.Figures.Entries, await index.RemoveAsync(new EntryFilter(), Cancel));
        Assert.Equal((0, 0), (index.Figures.Entries, index.Figures.Bytes));
    }

    private static void AssertSame(IEnumerable<IndexEntry> model, MemoryVectorIndex index, CacheKey scope, float[] vector)
    {
        var found = AtOnce.Of(index.SearchAsync(scope, vector, 3, -1, default));
        var expected = model.Where(entry => entry.Scope == scope).Select(entry => Samples.Dot(entry.Vector.ToArray(), vector)).OrderDescending().Take(3).ToArray();
        Assert.Equal(expected.Length, found.Count);
        foreach (var (similarity, one) in expected.Zip(found))
            Assert.Equal(similarity, one.Similarity, 0.01);
    }

    private MemoryVectorIndex New(int capacity) => new(new VectorSpace("test-1", Dimensions), capacity, _time);
}
