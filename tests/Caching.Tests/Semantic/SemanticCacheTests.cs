using System.Text;
using Gateway.Caching.Semantic;
using Gateway.Caching.Semantic.Bounds;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Caching.Tests.Semantic;

public sealed class SemanticCacheTests : IAsyncDisposable
{
    private const string Known = "how do I reset my password", Asked = "how can I reset my password", Far = "bake bread";
    private static readonly SemanticSettings Settings = new() { Bound = new BoundSettings { CheckedHits = 1, CheckedMisses = 1 } };

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly FakeIndex _index = new();
    private readonly FakeEmbedder _finder = new FakeEmbedder("finder").Lay(Known, 1).Lay(Asked, 0.9).Lay(Far, 0.1);
    private readonly FakeEmbedder _confirmer = new FakeEmbedder("confirmer").Lay(Known, 1).Lay(Asked, 0.96).Lay(Far, 0.1);

    public ValueTask DisposeAsync() => _index.DisposeAsync();

    [Fact]
    public async Task Finds_an_ask_that_means_the_same()
    {
        var cache = await WithKnown();
        var found = await Find(cache, Asked);
        Assert.Equal(Question(Known).Exact, found.Id);
        Assert.Equal(0.96, found.Similarity!.Value, 0.01);
        Assert.Null(found.Reason);
        Assert.True(found.IsDoubted);
        Assert.True(found.Candidate!.IsHit);
    }

    [Fact]
    public async Task Nothing_near_is_a_miss_without_a_reason()
    {
        var cache = await WithKnown();
        Assert.Equal(default, await Find(cache, Far));
        Assert.Equal(1, _confirmer.Calls);
    }

    [Fact]
    public async Task Never_looks_outside_its_scope()
    {
        var cache = await WithKnown();
        Assert.Equal(default, await cache.FindAsync(Question(Asked, scope: "another"), default));
    }

    [Fact]
    public async Task Under_the_bar_is_a_miss_that_says_so_and_can_be_learned_from()
    {
        _confirmer.Lay(Asked, 0.9);
        var found = await Find(await WithKnown(), Asked);
        Assert.Null(found.Id);
        Assert.Equal("not near enough", found.Reason);
        Assert.True(found.IsDoubted);
        Assert.False(found.Candidate!.IsHit);
    }

    [Fact]
    public async Task Far_under_the_bar_there_is_nothing_to_learn()
    {
        _confirmer.Lay(Asked, 0.7);
        var found = await Find(await WithKnown(), Asked);
        Assert.False(found.IsDoubted);
        Assert.Null(found.Candidate);
    }

    [Fact]
    public async Task A_difference_that_matters_is_a_miss_however_near()
    {
        var cache = await WithKnown(differ: (known, asked) => known == Known && asked == Asked ? "a number differs" : null);
        var found = await Find(cache, Asked);
        Assert.Null(found.Id);
        Assert.Equal("a number differs", found.Reason);
        Assert.Equal(0.9f, found.Similarity!.Value, 0.001f);
        Assert.Equal(1, _confirmer.Calls);
    }

    [Fact]
    public async Task The_next_nearest_answers_when_the_nearest_differs()
    {
        const string other = "how may I reset my password";
        _finder.Lay(other, 0.89);
        _confirmer.Lay(other, 0.97);
        var cache = await WithKnown(differ: (known, _) => known == Known ? "differs" : null);
        await cache.AddAsync(Question(other), Facts(), default);
        Assert.Equal(Question(other).Exact, (await Find(cache, Asked)).Id);
    }

    [Fact]
    public async Task Without_a_confirmer_the_finders_word_counts()
    {
        _finder.Lay(Asked, 0.93);
        var cache = Cache(confirmed: false);
        await cache.AddAsync(Question(Known), Facts(), default);
        Assert.Equal(0.93, (await Find(cache, Asked)).Similarity!.Value, 0.001);
        Assert.Equal(0, _confirmer.Calls);
    }

    [Fact]
    public async Task No_time_to_confirm_is_a_miss()
    {
        var cache = await WithKnown();
        _confirmer.Gate = new TaskCompletionSource();
        var finding = Find(cache, Asked);
        Assert.False(finding.IsCompleted);
        _time.Advance(Settings.ConfirmWithin);
        Assert.Equal("no time to confirm", (await finding).Reason);
    }

    [Fact]
    public async Task A_caller_who_leaves_is_no_miss()
    {
        var cache = await WithKnown();
        _confirmer.Gate = new TaskCompletionSource();
        using var left = new CancellationTokenSource();
        var finding = cache.FindAsync(Question(Asked), left.Token).AsTask();
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => finding);
    }

    [Fact]
    public async Task What_an_embedder_refuses_is_a_miss_with_its_reason()
    {
        var cache = await WithKnown();
        _confirmer.Refuses = "busy";
        Assert.Equal("busy", (await Find(cache, Asked)).Reason);
        _finder.Refuses = "language it does not know";
        Assert.Equal("language it does not know", (await Find(cache, Asked)).Reason);
        await cache.AddAsync(Question(Asked), Facts(), default);
        Assert.Single(_index.Entries);
    }

    [Fact]
    public async Task Vectors_of_different_versions_are_never_compared()
    {
        var cache = await WithKnown();
        var newer = new FakeEmbedder("confirmer 2").Lay(Asked, 1);
        var after = new SemanticCache(new SemanticParts(_finder, newer, _index, (_, _) => null), cache.Bars, Settings, _time);
        Assert.Equal("entry by another embedder", (await Find(after, Asked)).Reason);
    }

    [Fact]
    public async Task An_entry_of_another_format_is_passed_over()
    {
        var cache = await WithKnown();
        var entry = _index.Entries.Values.Single();
        foreach (var payload in new[] { [], [1], [9, .. entry.Payload.Span[1..]], entry.Payload.Span[..^1].ToArray() })
        {
            _index.Entries[entry.Id] = entry with { Payload = payload };
            Assert.Equal("entry of another version", (await Find(cache, Asked)).Reason);
        }
    }

    [Theory]
    [InlineData(null, "no ask to compare")]
    [InlineData(" ", "no ask to compare")]
    [InlineData("long", "ask too long to compare")]
    public async Task An_ask_unfit_to_compare_says_so(string? ask, string reason)
    {
        var cache = Cache();
        var question = Question(ask == "long" ? new string('a', 1_001) : ask);
        Assert.Equal(reason, (await cache.FindAsync(question, default)).Reason);
        await cache.AddAsync(question, Facts(), default);
        Assert.Empty(_index.Entries);
    }

    [Fact]
    public async Task A_bad_entry_goes_and_asks_around_it_are_held_to_more_for_a_time()
    {
        const string nearby = "how would I reset my password";
        _finder.Lay(nearby, 0.91);
        _confirmer.Lay(nearby, 0.945);
        var cache = await WithKnown();
        for (var i = 0; i < 100; i++)
            cache.Bars.Learn(new AskClass("auto", AskForm.Question, AskLength.Short), 0.95f, wasRight: true, wasHit: false);
        var found = await Find(cache, Asked);
        await cache.JudgeAsync(found.Candidate!, wasRight: false, VerdictSource.Verification, default);
        Assert.Empty(_index.Entries);

        await cache.AddAsync(Question(Known), Facts(), default);
        Assert.Equal("near a bad entry", (await Find(cache, nearby)).Reason);
        _time.Advance(Settings.ScarFor);
        Assert.NotNull((await Find(cache, nearby)).Id);
    }

    [Fact]
    public async Task A_near_miss_that_was_wrong_costs_no_entry()
    {
        _confirmer.Lay(Asked, 0.9);
        var cache = await WithKnown();
        await cache.JudgeAsync((await Find(cache, Asked)).Candidate!, wasRight: false, VerdictSource.Verification, default);
        Assert.Single(_index.Entries);
        Assert.Equal(1, cache.Bars.Report().First(report => report.Class == "auto").Wrong);
    }

    [Fact]
    public async Task A_callers_praise_moves_nothing()
    {
        var cache = await WithKnown();
        await cache.JudgeAsync((await Find(cache, Asked)).Candidate!, wasRight: true, VerdictSource.Caller, default);
        Assert.All(cache.Bars.Report(), report => Assert.Equal(0, report.Right));
    }

    [Fact]
    public async Task A_callers_blame_removes_the_entry()
    {
        var cache = await WithKnown();
        await cache.JudgeAsync((await Find(cache, Asked)).Candidate!, wasRight: false, VerdictSource.Caller, default);
        Assert.Empty(_index.Entries);
    }

    [Fact]
    public async Task Entries_are_removed_by_what_is_known_of_them()
    {
        var cache = await WithKnown();
        Assert.Equal(0, await cache.RemoveAsync(new EntryFilter(Owner: "legal"), default));
        Assert.Equal(1, await cache.RemoveAsync(new EntryFilter(Owner: "sales"), default));
        Assert.Equal(default, await Find(cache, Asked));
    }

    private static async Task<SemanticFinding> Find(SemanticCache cache, string ask) => await cache.FindAsync(Question(ask), default);

    private async Task<SemanticCache> WithKnown(Func<string, string, string?>? differ = null)
    {
        var cache = Cache(differ);
        await cache.AddAsync(Question(Known), Facts(), default);
        return cache;
    }

    private SemanticCache Cache(Func<string, string, string?>? differ = null, bool confirmed = true) => new(
        new SemanticParts(_finder, confirmed ? _confirmer : null, _index, differ ?? ((_, _) => null)),
        new LearnedBars(Settings, _time, new Random(1)), Settings, _time);

    private static CacheQuestion Question(string? ask, string scope = "scope") =>
        new(CacheKey.Of(Encoding.UTF8.GetBytes(ask ?? "")), CacheKey.Of(Encoding.UTF8.GetBytes(scope)), "sales", "auto", ask, []);

    private EntryFacts Facts() => new("sales", "auto", [], _time.GetUtcNow(), _time.GetUtcNow().AddDays(1));
}
