using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Gateway.Caching.Stores;

namespace Gateway.Caching.Tests.Stores;

/// <summary>What every store of answers does, wherever it keeps them.</summary>
public abstract class AnswerStoreContract
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>An empty store.</summary>
    protected abstract ValueTask<IAnswerStore> OpenAsync();

    /// <summary>The moment by the store's clock.</summary>
    protected abstract DateTimeOffset Now { get; }

    /// <summary>Lets time go by.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    [Fact]
    public async Task Returns_what_was_put_with_all_that_belongs_to_it()
    {
        await using var store = await OpenAsync();
        var facts = Samples.Facts(storedAt: Now, tags: ["faq", "über"]);
        var answer = Samples.Answer("Größe: 3 ≥ 2", facts);
        await store.SetAsync(Samples.Key(1), answer, Cancel);
        var found = await store.GetAsync(Samples.Key(1), Cancel);
        Assert.NotNull(found);
        Assert.Equal(answer.Body.ToArray(), found.Body.ToArray());
        Assert.Equal(answer with { Body = default, Facts = facts }, found with { Body = default, Facts = facts });
        Assert.Equal(facts with { Tags = [] }, found.Facts with { Tags = [] });
        Assert.Equal(facts.Tags, found.Facts.Tags);
    }

    [Fact]
    public async Task Knows_nothing_of_a_key_nobody_put()
    {
        await using var store = await OpenAsync();
        await store.SetAsync(Samples.Key(1), Samples.Answer(facts: Samples.Facts(storedAt: Now)), Cancel);
        Assert.Null(await store.GetAsync(Samples.Key(2), Cancel));
    }

    [Fact]
    public async Task The_last_put_counts()
    {
        await using var store = await OpenAsync();
        var facts = Samples.Facts(storedAt: Now);
        await store.SetAsync(Samples.Key(1), Samples.Answer("one", facts), Cancel);
        await store.SetAsync(Samples.Key(1), Samples.Answer("a second one, longer", facts), Cancel);
        Assert.Equal("a second one, longer", await TextAsync(store, 1));
    }

    [Fact]
    public async Task Returns_nothing_that_is_expired()
    {
        await using var store = await OpenAsync();
        await store.SetAsync(Samples.Key(1), Samples.Answer("short", Samples.Facts(storedAt: Now, lives: TimeSpan.FromMilliseconds(300))), Cancel);
        await store.SetAsync(Samples.Key(2), Samples.Answer("long", Samples.Facts(storedAt: Now)), Cancel);
        await store.SetAsync(Samples.Key(3), Samples.Answer("dead", Samples.Facts(storedAt: Now, lives: TimeSpan.Zero)), Cancel);
        Assert.Null(await TextAsync(store, 3));
        await PassAsync(TimeSpan.FromMilliseconds(400));
        Assert.Null(await TextAsync(store, 1));
        Assert.Equal("long", await TextAsync(store, 2));
    }

    [Fact]
    public async Task Removes_one_entry_by_its_key()
    {
        await using var store = await FilledAsync();
        Assert.Equal(1, await store.RemoveAsync(new EntryFilter(Samples.Key(1)), Cancel));
        Assert.Equal("2, 3, 4", await LeftAsync(store));
        Assert.Equal(0, await store.RemoveAsync(new EntryFilter(Samples.Key(1)), Cancel));
        Assert.Equal(0, await store.RemoveAsync(new EntryFilter(Samples.Key(2), Owner: "globex"), Cancel));
        Assert.Equal("2, 3, 4", await LeftAsync(store));
    }

    [Fact]
    public async Task Removes_the_entries_of_an_owner_and_of_nobody_else()
    {
        await using var store = await FilledAsync();
        Assert.Equal(2, await store.RemoveAsync(new EntryFilter(Owner: "acme"), Cancel));
        Assert.Equal("3, 4", await LeftAsync(store));
    }

    [Fact]
    public async Task Removes_by_model_and_by_tag()
    {
        await using var store = await FilledAsync();
        Assert.Equal(2, await store.RemoveAsync(new EntryFilter(Model: "code"), Cancel));
        Assert.Equal("1, 3", await LeftAsync(store));
        Assert.Equal(1, await store.RemoveAsync(new EntryFilter(Tag: "faq"), Cancel));
        Assert.Equal("3", await LeftAsync(store));
    }

    [Fact]
    public async Task Removes_only_what_fulfils_all_of_a_filter()
    {
        await using var store = await FilledAsync();
        Assert.Equal(1, await store.RemoveAsync(new EntryFilter(Owner: "globex", Model: "code"), Cancel));
        Assert.Equal("1, 2, 3", await LeftAsync(store));
    }

    [Fact]
    public async Task Removes_what_is_older_than_a_moment()
    {
        await using var store = await OpenAsync();
        await store.SetAsync(Samples.Key(1), Samples.Answer(facts: Samples.Facts(storedAt: Now - TimeSpan.FromMinutes(10))), Cancel);
        await store.SetAsync(Samples.Key(2), Samples.Answer(facts: Samples.Facts(storedAt: Now)), Cancel);
        Assert.Equal(1, await store.RemoveAsync(new EntryFilter(StoredBefore: Now - TimeSpan.FromMinutes(5)), Cancel));
        Assert.Equal("2", await LeftAsync(store));
    }

    [Fact]
    public async Task An_empty_filter_removes_all()
    {
        await using var store = await FilledAsync();
        Assert.Equal(4, await store.RemoveAsync(new EntryFilter(), Cancel));
        Assert.Empty(await LeftAsync(store));
        await store.SetAsync(Samples.Key(1), Samples.Answer(facts: Samples.Facts(storedAt: Now)), Cancel);
        Assert.Equal("1", await LeftAsync(store));
    }

    [Fact]
    public async Task Keeps_its_own_bytes_whatever_becomes_of_the_callers_buffer()
    {
        await using var store = await OpenAsync();
        var buffer = Encoding.UTF8.GetBytes("xxParisxx");
        await store.SetAsync(Samples.Key(1), Samples.Answer(facts: Samples.Facts(storedAt: Now)) with { Body = buffer.AsMemory(2, 5) }, Cancel);
        buffer.AsSpan().Clear();
        Assert.Equal("Paris", await TextAsync(store, 1));
    }

    [Fact]
    public async Task Any_words_and_bytes_come_back_as_they_were()
    {
        await using var store = await OpenAsync();
        var gen = Gen.Select(Gen.Byte.Array[0, 3000], Gen.String, Gen.String, Gen.String.Array[0, 4], Gen.Int.Positive, Gen.Int.Positive);
        var number = 100;
        await gen.SampleAsync(
            async sample =>
            {
                var (body, owner, model, tags, prompt, completion) = sample;
                var facts = new EntryFacts(Whole(owner), Whole(model), [.. tags.Select(Whole)], Now, Now + TimeSpan.FromHours(1));
                var answer = new CachedAnswer(body, Whole(model), Whole(owner), prompt, completion, facts);
                var key = Samples.Key(Interlocked.Increment(ref number));
                await store.SetAsync(key, answer, Cancel);
                var found = await store.GetAsync(key, Cancel);
                return found is not null && found.Body.Span.SequenceEqual(body) && found.Facts.Tags.SequenceEqual(facts.Tags)
                    && (found.Pool, found.ServedModel, found.PromptTokens, found.CompletionTokens) == (answer.Pool, answer.ServedModel, prompt, completion)
                    && (found.Facts.Owner, found.Facts.Model, found.Facts.StoredAt) == (facts.Owner, facts.Model, facts.StoredAt);
            },
            iter: 100,
            threads: 1);

        // Half of a surrogate pair is no text.
        static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
    }

    protected static async Task<string?> TextAsync(IAnswerStore store, int key) =>
        await store.GetAsync(Samples.Key(key), Cancel) is { } answer ? Encoding.UTF8.GetString(answer.Body.Span) : null;

    private static async Task<string> LeftAsync(IAnswerStore store)
    {
        var left = new List<int>();
        for (var key = 1; key <= 4; key++)
        {
            if (await store.GetAsync(Samples.Key(key), Cancel) is not null)
                left.Add(key);
        }

        return string.Join(", ", left);
    }

    private async Task<IAnswerStore> FilledAsync()
    {
        var store = await OpenAsync();
        (string Owner, string Model, ImmutableArray<string> Tags)[] entries =
            [("acme", "chat", ["faq"]), ("acme", "code", ["faq", "eu"]), ("globex", "chat", []), ("globex", "code", ["eu"])];
        foreach (var (i, (owner, model, tags)) in entries.Index())
            await store.SetAsync(Samples.Key(i + 1), Samples.Answer(facts: Samples.Facts(owner, model, Now, tags: tags)), Cancel);
        return store;
    }
}
