using Gateway.Caching.Semantic;
using Gateway.Caching.Stores;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Caching.Tests;

public sealed class AnswerCacheTests
{
    private static readonly CacheKey Key = CacheKey.Of("key"u8), Near = CacheKey.Of("near"u8);
    private static readonly CacheQuestion Question = new(Key, CacheKey.Of("scope"u8), "owner", "m", "ask", []);

    private readonly FakeTimeProvider _time = new();
    private readonly FakeStore _store = new();
    private readonly FakeSemantic _semantic = new();

    private AnswerCache Cache => new(_store, _semantic, TimeSpan.FromMilliseconds(20), _time);

    [Fact]
    public void An_exact_hit_is_there_at_once_and_asks_no_further()
    {
        _store.Answers[Key] = Answer("owner");
        var looking = Cache.LookUpAsync(Question, default);
        Assert.True(looking.IsCompletedSuccessfully);
        Assert.Equal(new CacheLookup.Hit(Key, _store.Answers[Key], null, false), looking.Result);
        Assert.Equal(0, _semantic.Asked);
    }

    [Fact]
    public async Task An_ask_that_means_the_same_is_answered_by_the_other_entry()
    {
        _store.Answers[Near] = Answer("owner");
        _semantic.Found = new SemanticFinding(Near, 0.97f, true, null);
        Assert.Equal(new CacheLookup.Hit(Near, _store.Answers[Near], 0.97f, true), await Cache.LookUpAsync(Question, default));
        _store.Answers.Clear();
        Assert.Equal(new CacheLookup.Miss("answer is gone", 0.97f), await Cache.LookUpAsync(Question, default));
        _semantic.Found = new SemanticFinding(null, 0.93f, false, "numbers differ");
        Assert.Equal(new CacheLookup.Miss("numbers differ", 0.93f), await Cache.LookUpAsync(Question, default));
        await Cache.LookUpAsync(Question with { Ask = null }, default);
        Assert.Equal(3, _semantic.Asked);
    }

    [Fact]
    public async Task An_answer_of_another_owner_is_never_handed_over()
    {
        _store.Answers[Key] = Answer("other");
        Assert.IsType<CacheLookup.Miss>(await Cache.LookUpAsync(Question, default));
        _store.Answers.Clear();
        _store.Answers[Near] = Answer("other");
        _semantic.Found = new SemanticFinding(Near, 0.99f, false, null);
        Assert.IsType<CacheLookup.Miss>(await Cache.LookUpAsync(Question, default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_store_that_throws_is_a_miss(bool atOnce)
    {
        _store.Fails = atOnce ? () => throw new IOException("gone") : () => new ValueTask<CachedAnswer?>(Task.FromException<CachedAnswer?>(new IOException("gone")));
        Assert.Equal(new CacheLookup.Miss("store out of reach", null), await Cache.LookUpAsync(Question, default));
    }

    [Fact]
    public async Task A_store_that_is_slow_is_a_miss_when_the_budget_is_spent()
    {
        _store.Fails = () => new ValueTask<CachedAnswer?>(new TaskCompletionSource<CachedAnswer?>().Task);
        var looking = Cache.LookUpAsync(Question, default).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(19));
        Assert.False(looking.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(2));
        Assert.Equal(new CacheLookup.Miss("no time left", null), await looking);
    }

    [Fact]
    public async Task What_is_stored_can_be_found_both_ways()
    {
        await Cache.StoreAsync(Question, Answer("owner"), default);
        Assert.True(_store.Answers.ContainsKey(Key));
        Assert.Equal(1, _semantic.Added);
        await Cache.StoreAsync(Question with { Ask = null }, Answer("owner"), default);
        Assert.Equal(1, _semantic.Added);
    }

    [Fact]
    public void Epochs_only_advance()
    {
        var cache = Cache;
        cache.AdvanceTo(5);
        cache.AdvanceTo(3);
        Assert.Equal(5, cache.Epoch);
    }

    private static CachedAnswer Answer(string owner) =>
        new("{}"u8.ToArray(), "slm", "m", 1, 2, new EntryFacts(owner, "m", [], DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue));

    private sealed class FakeStore : IAnswerStore
    {
        public Dictionary<CacheKey, CachedAnswer> Answers { get; } = [];

        public Func<ValueTask<CachedAnswer?>>? Fails { get; set; }

        public ValueTask<CachedAnswer?> GetAsync(CacheKey key, CancellationToken cancel) => Fails?.Invoke() ?? new(Answers.GetValueOrDefault(key));

        public ValueTask SetAsync(CacheKey key, CachedAnswer answer, CancellationToken cancel)
        {
            Answers[key] = answer;
            return ValueTask.CompletedTask;
        }

        public ValueTask<long> RemoveAsync(EntryFilter filter, CancellationToken cancel) => new(0);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class FakeSemantic : ISemanticCache
    {
        public SemanticFinding Found { get; set; }

        public int Asked { get; private set; }

        public int Added { get; private set; }

        public ValueTask<SemanticFinding> FindAsync(CacheQuestion question, CancellationToken cancel)
        {
            Asked++;
            return new(Found);
        }

        public ValueTask AddAsync(CacheQuestion question, EntryFacts facts, CancellationToken cancel)
        {
            Added++;
            return ValueTask.CompletedTask;
        }

        public ValueTask<long> RemoveAsync(EntryFilter filter, CancellationToken cancel) => new(0);
    }
}
