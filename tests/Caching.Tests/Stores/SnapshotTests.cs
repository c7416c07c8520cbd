using CsCheck;
using Gateway.Caching.Stores;
using Gateway.Caching.Stores.Snapshots;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Caching.Tests.Stores;

/// <summary>What the stores in memory leave to the next start.</summary>
public sealed class SnapshotTests
{
    private const int Dimensions = 20;

    private static readonly VectorSpace Space = new("test-1", Dimensions);

    private readonly FakeTimeProvider _time = new(Samples.Start);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Vectors_are_found_after_a_restart_as_before_it()
    {
        var before = await FilledAsync(3000);
        var after = Index();
        Assert.Equal(new SnapshotLoad(3000, null), await after.LoadAsync(await SavedAsync(before), Cancel));
        var chance = new Random(9);
        for (var i = 0; i < 50; i++)
        {
            var (vector, scope) = (Samples.UnitVector(chance, Dimensions), Samples.Key($"scope {i % 5}"));
            var (one, other) = (await before.SearchAsync(scope, vector, 5, 0, Cancel), await after.SearchAsync(scope, vector, 5, 0, Cancel));
            Assert.Equal(5, one.Count);
            Assert.Equal(one.Select(near => (near.Id, near.Similarity)), other.Select(near => (near.Id, near.Similarity)));
            Assert.Equal(one[0].Payload.ToArray(), other[0].Payload.ToArray());
        }

        Assert.Equal(600, await after.RemoveAsync(new EntryFilter(Owner: "owner 2"), Cancel));
    }

    [Fact]
    public async Task What_expired_meanwhile_stays_away()
    {
        var saved = await SavedAsync(await FilledAsync(100));
        _time.Advance(TimeSpan.FromHours(2));
        var after = Index();
        Assert.Equal(new SnapshotLoad(0, null), await after.LoadAsync(saved, Cancel));
        Assert.Equal(0, await after.CountAsync(Cancel));
    }

    [Fact]
    public async Task A_snapshot_of_other_vectors_or_of_something_else_is_refused()
    {
        var saved = await SavedAsync(await FilledAsync(10));
        var other = new MemoryVectorIndex(Space with { Embedder = "test-2" }, 100, _time);
        Assert.Equal("it is of vectors of test-1 with 20 numbers, not of vectors of test-2 with 20 numbers", (await other.LoadAsync(saved, Cancel)).Refusal);
        foreach (var bytes in new byte[][] { [], [1, 2, 3], new byte[1000], [.. Enumerable.Repeat((byte)'x', 5000)] })
        {
            Assert.NotNull((await Index().LoadAsync(new MemoryStream(bytes), Cancel)).Refusal);
            Assert.NotNull((await Answers().LoadAsync(new MemoryStream(bytes), Cancel)).Refusal);
        }

        saved.Position = 0;
        Assert.NotNull((await Answers().LoadAsync(saved, Cancel)).Refusal);
    }

    [Fact]
    public async Task Any_bit_that_flips_and_any_cut_is_noticed_and_leaves_the_index_empty()
    {
        var whole = (await SavedAsync(await FilledAsync(200))).ToArray();
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Int[0, 7], Gen.Bool).Sample(
            (at, bit, isCut) =>
            {
                var bytes = isCut ? whole[..at] : [.. whole];
                if (!isCut)
                    bytes[at] ^= (byte)(1 << bit);
                var index = Index();
                var load = AtOnce.Of(index.LoadAsync(new MemoryStream(bytes), default));
                return load is { Entries: 0, Refusal: not null } && index.Figures is { Entries: 0, Bytes: 0 };
            },
            iter: 300);
    }

    [Fact]
    public async Task A_refused_snapshot_takes_nothing_with_it_that_was_there()
    {
        var saved = (await SavedAsync(await FilledAsync(4000))).ToArray();
        saved[^30] ^= 1;
        var index = Index();
        await index.AddAsync(Entry(-1), Cancel);
        Assert.Equal("a checksum is wrong", (await index.LoadAsync(new MemoryStream(saved), Cancel)).Refusal);
        Assert.Equal(1, await index.CountAsync(Cancel));
    }

    [Fact]
    public async Task Answers_are_there_after_a_restart_but_for_those_that_expired()
    {
        var before = Answers();
        for (var i = 0; i < 2000; i++)
            await before.SetAsync(Samples.Key(i), Samples.Answer(new string('x', i), Samples.Facts(lives: TimeSpan.FromMinutes(i % 2 == 0 ? 5 : 50), tags: ["faq"])), Cancel);
        var stream = new MemoryStream();
        await before.SaveAsync(stream, Cancel);
        stream.Position = 0;
        _time.Advance(TimeSpan.FromMinutes(10));
        var after = Answers();
        Assert.Equal(new SnapshotLoad(1000, null), await after.LoadAsync(stream, Cancel));
        Assert.Equal(1999, (await after.GetAsync(Samples.Key(1999), Cancel))!.Body.Length);
        Assert.Null(await after.GetAsync(Samples.Key(1998), Cancel));
        Assert.Equal(1000, await after.RemoveAsync(new EntryFilter(Tag: "faq"), Cancel));
        Assert.Equal(0, after.Figures.Bytes);
    }

    private static async Task<MemoryStream> SavedAsync(MemoryVectorIndex index)
    {
        var stream = new MemoryStream();
        await index.SaveAsync(stream, Cancel);
        stream.Position = 0;
        return stream;
    }

    private static IndexEntry Entry(int number) => new(
        Samples.Key(number), Samples.Key($"scope {number % 5}"), Samples.UnitVector(new Random(number), Dimensions),
        Samples.Facts($"owner {number % 5}", tags: ["faq"]), new byte[Math.Abs(number) % 700]);

    private MemoryVectorIndex Index() => new(Space, 10_000, _time);

    private MemoryAnswerStore Answers() => new(64 << 20, _time);

    private async Task<MemoryVectorIndex> FilledAsync(int entries)
    {
        var index = Index();
        for (var i = 0; i < entries; i++)
            await index.AddAsync(Entry(i), Cancel);
        return index;
    }
}
