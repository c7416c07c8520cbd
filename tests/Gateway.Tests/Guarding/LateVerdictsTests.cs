using System.Collections.Immutable;
using Gateway.Completions;
using Gateway.Guarding;
using Gateway.Guardrails;
using Gateway.Tests.Guarding.Remote;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Guarding;

public sealed class LateVerdictsTests : IDisposable
{
    private static readonly RemoteVerdict Found = new([new TextFinding(0, new Finding("unsafe_s1", 0, 0))]);

    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _leaving = new();
    private readonly Exchange _exchange;

    public LateVerdictsTests() => _exchange = new Exchange(new DefaultHttpContext { RequestAborted = _leaving.Token }, null!, "1", 0);

    [Fact]
    public async Task A_request_goes_on_while_a_verdict_is_coming_and_the_wait_for_it_is_not_the_gateways_own()
    {
        var guard = new SlowGuard();
        var (late, chain) = await RunAsync(Step("asked", guard));
        Assert.True(late.IsWaiting);
        var error = late.ConfirmAsync(_exchange);
        Assert.False(error.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1.5));
        guard.Verdict.SetResult(RemoteVerdict.Clean);
        Assert.Null(await error);
        Assert.Equal(TimeSpan.FromSeconds(1.5), _exchange.Waited);
        Assert.Equal("asked passed", chain.Report.Describe());
        Assert.False(late.Denied.IsCancellationRequested);
    }

    [Fact]
    public async Task A_verdict_that_lets_nothing_pass_ends_what_is_under_way_before_anyone_asks_for_it()
    {
        var (first, second) = (new SlowGuard(), new SlowGuard());
        var (late, chain) = await RunAsync(Step("first", first), Step("second", second));
        var unwanted = late.Unwanted(_leaving.Token);
        var denied = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        unwanted.Register(denied.SetResult);
        second.Verdict.SetResult(Found);
        await denied.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.True(late.Denied.IsCancellationRequested);
        Assert.Equal("first not run; second not run", chain.Report.Describe());
        first.Verdict.SetResult(RemoteVerdict.Clean);
        var error = await late.ConfirmAsync(_exchange);
        Assert.Equal((400, "content_filter"), (error!.Status, error.Code));
        Assert.Contains("second", error.Message, StringComparison.Ordinal);
        Assert.Contains("unsafe_s1", error.Message, StringComparison.Ordinal);
        Assert.Equal("first passed; second blocked unsafe_s1 1", chain.Report.Describe());
    }

    [Fact]
    public async Task A_guard_that_could_not_say_and_is_shut_is_unavailable()
    {
        var guard = new SlowGuard();
        var (late, _) = await RunAsync(Step("asked", guard));
        guard.Verdict.SetResult(RemoteVerdict.Failed("timeout"));
        var error = await late.ConfirmAsync(_exchange);
        Assert.Equal((503, "guard_unavailable"), (error!.Status, error.Code));
        Assert.NotNull(error.RetryAfter);
    }

    [Theory]
    [InlineData(true, GuardAction.Block, true, "asked failed open")]
    [InlineData(false, GuardAction.Flag, false, "asked flagged unsafe_s1 1")]
    public async Task One_that_is_open_or_only_flags_ends_nothing(bool fails, GuardAction action, bool failsOpen, string told)
    {
        var guard = new SlowGuard();
        var (late, chain) = await RunAsync(Step("asked", guard) with { Action = action, FailsOpen = failsOpen });
        guard.Verdict.SetResult(fails ? RemoteVerdict.Failed("timeout") : Found);
        Assert.Null(await late.ConfirmAsync(_exchange));
        Assert.False(late.Denied.IsCancellationRequested);
        Assert.Equal(told, chain.Report.Describe());
    }

    [Fact]
    public async Task A_caller_that_leaves_while_it_is_waited_for_ends_the_question()
    {
        var guard = new SlowGuard();
        var (late, _) = await RunAsync(Step("asked", guard));
        var error = late.ConfirmAsync(_exchange);
        await _leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await error);
        await guard.Ended.Task;
    }

    [Fact]
    public async Task A_request_that_ends_otherwise_ends_the_question()
    {
        var guard = new SlowGuard();
        var (late, chain) = await RunAsync(Step("asked", guard));
        late.End();
        await guard.Ended.Task;
        Assert.Equal("asked not run", chain.Report.Describe());
        Assert.False(late.Denied.IsCancellationRequested);
    }

    [Fact]
    public async Task A_caller_that_leaves_later_does_not_end_it_since_others_may_follow()
    {
        var guard = new SlowGuard();
        var (late, _) = await RunAsync(Step("asked", guard));
        await _leaving.CancelAsync();
        Assert.False(guard.Ended.Task.IsCompleted);
        late.End();
        await guard.Ended.Task;
    }

    [Fact]
    public async Task A_caller_that_leaves_before_ends_what_has_to_be_waited_for()
    {
        var guard = new SlowGuard();
        var chain = Chain(Step("asked", guard) with { Action = GuardAction.Redact });
        var running = new LateVerdicts(chain, _time).RunAsync(_leaving.Token);
        Assert.False(running.IsCompleted);
        await _leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await running);
    }

    public void Dispose() => _leaving.Dispose();

    private static GuardStep Step(string name, IRemoteGuard guard) => new() { Name = name, Action = GuardAction.Block, Remote = guard };

    private GuardChain Chain(params ImmutableArray<GuardStep> steps) => new(steps, [StubService.Text("hello")], new Placeholders(), _time);

    private async Task<(LateVerdicts Late, GuardChain Chain)> RunAsync(params ImmutableArray<GuardStep> steps)
    {
        var chain = Chain(steps);
        var late = new LateVerdicts(chain, _time);
        _exchange.Guards = new GuardVisit(GuardPolicy.None) { Input = chain };
        await late.RunAsync(_leaving.Token);
        return (late, chain);
    }

    private sealed class SlowGuard : IRemoteGuard
    {
        public TaskCompletionSource<RemoteVerdict> Verdict { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<RemoteVerdict> InspectAsync(RemoteQuestion question, CancellationToken cancel)
        {
            try
            {
                return await Verdict.Task.WaitAsync(cancel);
            }
            catch (OperationCanceledException)
            {
                Ended.TrySetResult();
                throw;
            }
        }
    }
}
