using System.Collections.Immutable;
using System.Text;
using Gateway.Caching.Stores;

namespace Gateway.Caching.Tests.Stores;

/// <summary>What every index of vectors does, wherever it keeps them.</summary>
public abstract class VectorIndexContract
{
    protected const int Dimensions = 48;

    protected static readonly CacheKey Scope = Samples.Key("scope");

    private readonly Random _chance = new(7);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>How far a similarity may be from the cosine of the vectors as they were given.</summary>
    protected virtual double Tolerance => 0.01;

    /// <summary>A life so short that a test may wait for its end, and so long that nothing between comes near it.</summary>
    protected virtual TimeSpan ShortLife => TimeSpan.FromMilliseconds(500);

    /// <summary>An empty index of <see cref="Dimensions"/>.</summary>
    protected abstract ValueTask<IVectorIndex> OpenAsync();

    /// <summary>The moment by the index's clock.</summary>
    protected abstract DateTimeOffset Now { get; }

    /// <summary>Lets time go by.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    [Fact]
    public async Task Finds_what_is_near_nearest_first_with_its_payload()
    {
        await using var index = await OpenAsync();
        var vector = Samples.UnitVector(_chance, Dimensions);
        double[] cosines = [0.5, 0.95, 0.8, 0.99, 0.2];
        foreach (var (i, cosine) in cosines.Index())
            await index.AddAsync(Entry(i, Samples.Near(_chance, vector, cosine)), Cancel);
        var found = await index.SearchAsync(Scope, vector, 3, 0.6f, Cancel);
        Assert.Equal([Samples.Key(3), Samples.Key(1), Samples.Key(2)], found.Select(one => one.Id));
        Assert.Equal(["3", "1", "2"], found.Select(one => Encoding.UTF8.GetString(one.Payload.Span)));
        foreach (var (one, cosine) in found.Zip([0.99, 0.95, 0.8]))
            Assert.Equal(cosine, one.Similarity, Tolerance);
    }

    [Fact]
    public async Task Returns_no_more_than_was_asked_for_and_nothing_below_the_bar()
    {
        await using var index = await OpenAsync();
        var vector = Samples.UnitVector(_chance, Dimensions);
        for (var i = 0; i < 10; i++)
            await index.AddAsync(Entry(i, Samples.Near(_chance, vector, 0.9 - (0.05 * i))), Cancel);
        Assert.Equal([Samples.Key(0)], (await index.SearchAsync(Scope, vector, 1, 0, Cancel)).Select(one => one.Id));
        Assert.Equal(3, (await index.SearchAsync(Scope, vector, 10, 0.78f, Cancel)).Count);
        Assert.Empty(await index.SearchAsync(Scope, vector, 10, 0.95f, Cancel));
    }

    [Fact]
    public async Task What_is_in_another_scope_is_as_if_it_were_not_there()
    {
        await using var index = await OpenAsync();
        var vector = Samples.UnitVector(_chance, Dimensions);
        await index.AddAsync(Entry(1, vector, scope: Samples.Key("acme's scope"), owner: "acme"), Cancel);
        await index.AddAsync(Entry(2, Samples.Near(_chance, vector, 0.9), scope: Samples.Key("globex's scope"), owner: "globex"), Cancel);
        Assert.Equal(Samples.Key(1), Assert.Single(await index.SearchAsync(Samples.Key("acme's scope"), vector, 10, -1, Cancel)).Id);
        Assert.Equal(Samples.Key(2), Assert.Single(await index.SearchAsync(Samples.Key("globex's scope"), vector, 10, -1, Cancel)).Id);
        Assert.Empty(await index.SearchAsync(Samples.Key("nobody's scope"), vector, 10, -1, Cancel));
    }

    [Fact]
    public async Task The_last_added_under_an_id_counts()
    {
        await using var index = await OpenAsync();
        var (one, other) = (Samples.UnitVector(_chance, Dimensions), Samples.UnitVector(_chance, Dimensions));
        await index.AddAsync(Entry(1, one), Cancel);
        await index.AddAsync(Entry(1, other), Cancel);
        Assert.Empty(await index.SearchAsync(Scope, one, 10, 0.9f, Cancel));
        Assert.Single(await index.SearchAsync(Scope, other, 10, 0.9f, Cancel));
        await index.AddAsync(Entry(1, other, scope: Samples.Key("elsewhere")), Cancel);
        Assert.Empty(await index.SearchAsync(Scope, other, 10, 0.9f, Cancel));
        Assert.Single(await index.SearchAsync(Samples.Key("elsewhere"), other, 10, 0.9f, Cancel));
        Assert.Equal(1, await index.CountAsync(Cancel));
    }

    [Fact]
    public async Task Returns_nothing_that_is_expired()
    {
        await using var index = await OpenAsync();
        var vector = Samples.UnitVector(_chance, Dimensions);
        await index.AddAsync(Entry(2, Samples.Near(_chance, vector, 0.9)), Cancel);
        await index.AddAsync(Entry(1, vector, lives: ShortLife), Cancel);
        Assert.Equal(2, (await index.SearchAsync(Scope, vector, 10, 0.5f, Cancel)).Count);
        await PassAsync(ShortLife);
        Assert.Equal(Samples.Key(2), Assert.Single(await index.SearchAsync(Scope, vector, 10, 0.5f, Cancel)).Id);
    }

    [Fact]
    public async Task Takes_out_what_is_expired_when_told()
    {
        await using var index = await OpenAsync();
        var vector = Samples.UnitVector(_chance, Dimensions);
        await index.AddAsync(Entry(1, vector, lives: TimeSpan.FromMinutes(5)), Cancel);
        await index.AddAsync(Entry(2, vector, lives: TimeSpan.FromMinutes(50)), Cancel);
        Assert.Equal(1, await index.RemoveAsync(new EntryFilter(ExpiredAt: Now + TimeSpan.FromMinutes(10)), Cancel));
        Assert.Equal(1, await index.CountAsync(Cancel));
    }

    [Fact]
    public async Task Removes_one_entry_by_its_id()
    {
        await using var index = await FilledAsync();
        Assert.Equal(1, await index.RemoveAsync(new EntryFilter(Samples.Key(1)), Cancel));
        Assert.Equal("2, 3, 4", await LeftAsync(index));
        Assert.Equal(0, await index.RemoveAsync(new EntryFilter(Samples.Key(1)), Cancel));
        Assert.Equal(0, await index.RemoveAsync(new EntryFilter(Samples.Key(2), Owner: "globex"), Cancel));
        Assert.Equal("2, 3, 4", await LeftAsync(index));
    }

    [Fact]
    public async Task Removes_the_entries_of_an_owner_and_of_nobody_else()
    {
        await using var index = await FilledAsync();
        Assert.Equal(2, await index.RemoveAsync(new EntryFilter(Owner: "acme"), Cancel));
        Assert.Equal("3, 4", await LeftAsync(index));
        Assert.Equal(2, await index.CountAsync(Cancel));
    }

    [Fact]
    public async Task Removes_by_model_and_by_tag_and_by_both()
    {
        await using var index = await FilledAsync();
        Assert.Equal(1, await index.RemoveAsync(new EntryFilter(Model: "code", Tag: "faq"), Cancel));
        Assert.Equal("1, 3, 4", await LeftAsync(index));
        Assert.Equal(1, await index.RemoveAsync(new EntryFilter(Model: "code"), Cancel));
        Assert.Equal("1, 3", await LeftAsync(index));
        Assert.Equal(1, await index.RemoveAsync(new EntryFilter(Tag: "faq"), Cancel));
        Assert.Equal("3", await LeftAsync(index));
    }

    [Fact]
    public async Task Removes_what_is_older_than_a_moment()
    {
        await using var index = await OpenAsync();
        var vector = Samples.UnitVector(_chance, Dimensions);
        await index.AddAsync(Entry(1, vector, storedAt: Now - TimeSpan.FromMinutes(10)), Cancel);
        await index.AddAsync(Entry(2, vector, storedAt: Now), Cancel);
        Assert.Equal(1, await index.RemoveAsync(new EntryFilter(StoredBefore: Now - TimeSpan.FromMinutes(5)), Cancel));
        Assert.Equal(Samples.Key(2), Assert.Single(await index.SearchAsync(Scope, vector, 10, 0.5f, Cancel)).Id);
    }

    [Fact]
    public async Task An_empty_filter_removes_all()
    {
        await using var index = await FilledAsync();
        Assert.Equal(4, await index.CountAsync(Cancel));
        Assert.Equal(4, await index.RemoveAsync(new EntryFilter(), Cancel));
        Assert.Equal(0, await index.CountAsync(Cancel));
        var vector = Samples.UnitVector(_chance, Dimensions);
        await index.AddAsync(Entry(1, vector), Cancel);
        Assert.Single(await index.SearchAsync(Scope, vector, 10, 0.9f, Cancel));
    }

    [Fact]
    public async Task Any_words_in_facts_and_any_bytes_in_payloads_come_back_and_are_found_for_removal()
    {
        await using var index = await OpenAsync();
        var vector = Samples.UnitVector(_chance, Dimensions);
        string[] words = ["a\"b", "c'd\\e", "x and .m == \"y\"", "über 数", "*", "new\nline"];
        byte[] payload = [.. Enumerable.Range(0, 3000).Select(i => (byte)i)];
        foreach (var (i, word) in words.Index())
        {
            var entry = Entry(i, Samples.Near(_chance, vector, 0.9), owner: word);
            await index.AddAsync(entry with { Payload = payload, Facts = entry.Facts with { Model = word, Tags = [word] } }, Cancel);
        }

        var found = await index.SearchAsync(Scope, vector, 10, 0.5f, Cancel);
        Assert.Equal(words.Length, found.Count);
        Assert.All(found, one => Assert.Equal(payload, one.Payload.ToArray()));
        foreach (var word in words)
            Assert.Equal(1, await index.RemoveAsync(new EntryFilter(Owner: word, Model: word, Tag: word), Cancel));
    }

    [Fact]
    public async Task A_vector_of_another_length_is_a_mistake()
    {
        await using var index = await OpenAsync();
        var vector = new float[Dimensions + 1];
        await Assert.ThrowsAsync<ArgumentException>(async () => await index.AddAsync(Entry(1, vector), Cancel));
        await Assert.ThrowsAsync<ArgumentException>(async () => await index.SearchAsync(Scope, vector, 1, 0, Cancel));
    }

    protected IndexEntry Entry(
        int id, float[] vector, CacheKey? scope = null, string owner = "acme", DateTimeOffset? storedAt = null, TimeSpan? lives = null) =>
        new(Samples.Key(id), scope ?? Scope, vector, Samples.Facts(owner, storedAt: storedAt ?? Now, lives: lives), Encoding.UTF8.GetBytes($"{id}"));

    private async Task<IVectorIndex> FilledAsync()
    {
        var index = await OpenAsync();
        (string Owner, string Model, ImmutableArray<string> Tags)[] entries =
            [("acme", "chat", ["faq"]), ("acme", "code", ["faq", "eu"]), ("globex", "chat", []), ("globex", "code", ["eu"])];
        foreach (var (i, (owner, model, tags)) in entries.Index())
        {
            var entry = Entry(i + 1, Samples.UnitVector(_chance, Dimensions), Samples.Key(owner));
            await index.AddAsync(entry with { Facts = Samples.Facts(owner, model, Now, tags: tags) }, Cancel);
        }

        return index;
    }

    private async Task<string> LeftAsync(IVectorIndex index)
    {
        var vector = Samples.UnitVector(_chance, Dimensions);
        var left = new List<Neighbour>();
        foreach (var owner in new[] { "acme", "globex" })
            left.AddRange(await index.SearchAsync(Samples.Key(owner), vector, 10, -1, Cancel));
        return string.Join(", ", left.Select(one => Encoding.UTF8.GetString(one.Payload.Span)).Order(StringComparer.Ordinal));
    }
}
