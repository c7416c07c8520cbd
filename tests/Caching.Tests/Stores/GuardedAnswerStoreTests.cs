using Gateway.Caching.Stores;
using Gateway.Caching.Stores.Guarding;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Caching.Tests.Stores;

public sealed class GuardedAnswerStoreTests : IAsyncDisposable
{
    private static readonly GuardSettings Settings = new();

    private readonly FakeTimeProvider _time = new(Samples.Start);
    private readonly FakeFarStore _far = new();
    private readonly List<StoreFault> _faults = [];
    private readonly GuardedAnswerStore _store;

    public GuardedAnswerStoreTests() => _store = new GuardedAnswerStore(_far, new StoreGuard("redis", Settings, _time, _faults.Add));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _far.DisposeAsync();
    }

    [Fact]
    public async Task Passes_on_what_a_store_that_is_well_says()
    {
        await _store.SetAsync(Samples.Key(1), Samples.Answer(), Cancel);
        Assert.NotNull(await _store.GetAsync(Samples.Key(1), Cancel));
        Assert.Equal(1, await _store.RemoveAsync(new EntryFilter(), Cancel));
        Assert.Null(await _store.GetAsync(Samples.Key(1), Cancel));
        Assert.Empty(_faults);
    }

    [Fact]
    public async Task A_look_that_takes_longer_than_its_budget_is_a_miss_even_if_the_store_never_ends_it()
    {
        _far.Before = Never;
        var look = _store.GetAsync(Samples.Key(1), Cancel).AsTask();
        _time.Advance(Settings.Budget - TimeSpan.FromTicks(1));
        Assert.False(look.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await look);
        Assert.Equal(new StoreFault("redis", "get", StoreFaultKind.TooSlow, _faults[0].Reason), Assert.Single(_faults));
    }

    [Fact]
    public async Task A_store_that_listens_is_told_to_end_what_nobody_waits_for()
    {
        _far.Before = Never;
        var look = _store.GetAsync(Samples.Key(1), Cancel).AsTask();
        _time.Advance(Settings.Budget);
        await look;
        await Task.Delay(Timeout.InfiniteTimeSpan, _far.LastToken).ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(TimeSpan.FromSeconds(10), Cancel);
        Assert.True(_far.LastToken.IsCancellationRequested);
    }

    [Fact]
    public async Task A_store_that_says_no_is_a_miss_with_its_reason()
    {
        _far.Before = () => Task.FromException(new InvalidOperationException("no such thing"));
        Assert.Null(await _store.GetAsync(Samples.Key(1), Cancel));
        await _store.SetAsync(Samples.Key(1), Samples.Answer(), Cancel);
        Assert.Equal(
            [("get", StoreFaultKind.Failed, "no such thing"), ("set", StoreFaultKind.Failed, "no such thing")],
            _faults.Select(fault => (fault.Call, fault.Kind, fault.Reason)));
    }

    [Fact]
    public async Task After_enough_faults_it_is_left_alone_and_heals_by_itself()
    {
        await BreakAsync();
        var calls = _far.Calls;
        for (var i = 0; i < 100; i++)
            Assert.Null(await _store.GetAsync(Samples.Key(1), Cancel));
        Assert.Equal(calls, _far.Calls);
        Assert.All(_faults.Skip(Settings.Calls), fault => Assert.Equal(StoreFaultKind.LeftAlone, fault.Kind));

        _far.Before = () => Task.CompletedTask;
        _time.Advance(Settings.Rest);
        await _store.SetAsync(Samples.Key(1), Samples.Answer(), Cancel);
        Assert.False(_store.Guard.IsOpen);
        Assert.NotNull(await _store.GetAsync(Samples.Key(1), Cancel));
    }

    [Fact]
    public async Task Only_one_call_may_try_and_each_try_that_fails_doubles_the_rest()
    {
        await BreakAsync();
        var rest = Settings.Rest;
        for (var i = 0; i < 8; i++)
        {
            var calls = _far.Calls;
            _time.Advance(rest - TimeSpan.FromMilliseconds(1));
            await _store.GetAsync(Samples.Key(1), Cancel);
            Assert.Equal(calls, _far.Calls);
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await _store.GetAsync(Samples.Key(1), Cancel);
            await _store.GetAsync(Samples.Key(1), Cancel);
            Assert.Equal(calls + 1, _far.Calls);
            rest = rest * 2 < Settings.LongestRest ? rest * 2 : Settings.LongestRest;
        }
    }

    [Fact]
    public async Task A_caller_that_left_is_nobodys_fault()
    {
        _far.Before = Never;
        for (var i = 0; i < 10; i++)
        {
            using var leaving = new CancellationTokenSource();
            var look = _store.GetAsync(Samples.Key(1), leaving.Token).AsTask();
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => look);
        }

        Assert.Empty(_faults);
        Assert.False(_store.Guard.IsOpen);
    }

    [Fact]
    public async Task A_caller_that_leaves_during_the_one_try_does_not_end_the_rest()
    {
        await BreakAsync();
        _far.Before = Never;
        _time.Advance(Settings.Rest);
        using var leaving = new CancellationTokenSource();
        var look = _store.GetAsync(Samples.Key(1), leaving.Token).AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => look);
        Assert.True(_store.Guard.IsOpen);
    }

    [Fact]
    public async Task A_few_faults_among_many_answers_leave_it_as_it_is()
    {
        for (var i = 0; i < 100; i++)
        {
            _far.Before = i % 4 == 3 ? () => Task.FromException(new InvalidOperationException("once")) : () => Task.CompletedTask;
            await _store.GetAsync(Samples.Key(1), Cancel);
        }

        Assert.False(_store.Guard.IsOpen);
        Assert.Equal(100, _far.Calls);
    }

    [Fact]
    public async Task A_removal_that_failed_says_so()
    {
        _far.Before = () => Task.FromException(new InvalidOperationException("no"));
        var unreached = await Assert.ThrowsAsync<StoreUnreachedException>(async () => await _store.RemoveAsync(new EntryFilter(), Cancel));
        Assert.Equal(("redis", "remove", StoreFaultKind.Failed), (unreached.Fault.Store, unreached.Fault.Call, unreached.Fault.Kind));
    }

    private static Task Never() => new TaskCompletionSource().Task;

    private async Task BreakAsync()
    {
        _far.Before = () => Task.FromException(new InvalidOperationException("down"));
        for (var i = 0; i < Settings.Calls; i++)
            await _store.GetAsync(Samples.Key(1), Cancel);
        Assert.True(_store.Guard.IsOpen);
    }
}
