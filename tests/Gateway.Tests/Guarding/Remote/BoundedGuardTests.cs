using Gateway.Guarding.Remote;
using Gateway.Guardrails;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Guarding.Remote;

public sealed class BoundedGuardTests
{
    private static readonly RemoteQuestion Question = new([StubService.Text("x")]);
    private static readonly Judgement Up = new(RemoteVerdict.Clean, true);
    private static readonly Judgement Down = Judgement.Failed("no connection", isOutage: true);

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_five_outages_in_a_row_nobody_is_asked_until_one_may_try()
    {
        var judge = new ScriptedJudge(Down);
        var guard = new BoundedGuard(judge, TimeSpan.FromSeconds(2), _time);
        for (var i = 0; i < 5; i++)
            Assert.Equal("no connection", (await guard.InspectAsync(Question, Ended)).Failure);
        Assert.Equal("breaker open", (await guard.InspectAsync(Question, Ended)).Failure);
        Assert.Equal(5, judge.Asked);
        _time.Advance(TimeSpan.FromSeconds(1.1));
        judge.Says = Up;
        Assert.Null((await guard.InspectAsync(Question, Ended)).Failure);
        Assert.Null((await guard.InspectAsync(Question, Ended)).Failure);
        Assert.Equal(7, judge.Asked);
    }

    [Fact]
    public async Task A_trial_that_fails_doubles_the_rest()
    {
        var judge = new ScriptedJudge(Down);
        var guard = new BoundedGuard(judge, TimeSpan.FromSeconds(2), _time);
        for (var i = 0; i < 5; i++)
            await guard.InspectAsync(Question, Ended);
        _time.Advance(TimeSpan.FromSeconds(1.1));
        await guard.InspectAsync(Question, Ended);
        _time.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Equal("breaker open", (await guard.InspectAsync(Question, Ended)).Failure);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("no connection", (await guard.InspectAsync(Question, Ended)).Failure);
    }

    [Fact]
    public async Task What_a_text_may_bring_about_never_opens_the_breaker()
    {
        var judge = new ScriptedJudge(Judgement.Failed("not an answer to the question"));
        var guard = new BoundedGuard(judge, TimeSpan.FromSeconds(2), _time);
        for (var i = 0; i < 100; i++)
            Assert.Equal("not an answer to the question", (await guard.InspectAsync(Question, Ended)).Failure);
        Assert.Equal(100, judge.Asked);
    }

    [Fact]
    public async Task An_answer_between_outages_begins_the_count_anew()
    {
        var judge = new ScriptedJudge(Down);
        var guard = new BoundedGuard(judge, TimeSpan.FromSeconds(2), _time);
        for (var i = 0; i < 40; i++)
        {
            judge.Says = i % 5 == 4 ? Up : Down;
            await guard.InspectAsync(Question, Ended);
        }

        Assert.Equal(40, judge.Asked);
    }

    [Fact]
    public async Task Time_that_is_up_is_an_outage_and_its_calls_are_told_to_end()
    {
        var judge = new ScriptedJudge(null);
        var guard = new BoundedGuard(judge, TimeSpan.FromSeconds(2), _time);
        for (var i = 0; i < 5; i++)
        {
            var verdict = guard.InspectAsync(Question, Ended);
            _time.Advance(TimeSpan.FromSeconds(1.9));
            Assert.False(verdict.IsCompleted);
            _time.Advance(TimeSpan.FromSeconds(0.2));
            Assert.Equal("timeout", (await verdict).Failure);
        }

        Assert.Equal("breaker open", (await guard.InspectAsync(Question, Ended)).Failure);
    }

    [Fact]
    public async Task A_caller_that_leaves_says_nothing_and_gives_the_trial_back()
    {
        var judge = new ScriptedJudge(Down);
        var guard = new BoundedGuard(judge, TimeSpan.FromSeconds(2), _time);
        for (var i = 0; i < 5; i++)
            await guard.InspectAsync(Question, Ended);
        _time.Advance(TimeSpan.FromSeconds(1.1));
        judge.Says = null;
        using (var leaving = new CancellationTokenSource())
        {
            var verdict = guard.InspectAsync(Question, leaving.Token);
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await verdict);
        }

        judge.Says = Up;
        Assert.Null((await guard.InspectAsync(Question, Ended)).Failure);
    }

    [Fact]
    public async Task A_judge_that_throws_gives_the_trial_back()
    {
        var judge = new ScriptedJudge(Down);
        var guard = new BoundedGuard(judge, TimeSpan.FromSeconds(2), _time);
        for (var i = 0; i < 5; i++)
            await guard.InspectAsync(Question, Ended);
        _time.Advance(TimeSpan.FromSeconds(1.1));
        judge.Throws = true;
        await Assert.ThrowsAsync<NotSupportedException>(async () => await guard.InspectAsync(Question, Ended));
        (judge.Throws, judge.Says) = (false, Up);
        Assert.Null((await guard.InspectAsync(Question, Ended)).Failure);
    }

    [Fact]
    public async Task Beyond_256_inspections_more_wait_for_a_turn_and_one_that_gets_none_says_so()
    {
        var judge = new ScriptedJudge(null);
        var guard = new BoundedGuard(judge, TimeSpan.FromSeconds(2), _time);
        var verdicts = new List<Task<RemoteVerdict>>();
        for (var i = 0; i < 256; i++)
            verdicts.Add(guard.InspectAsync(Question, Ended).AsTask());
        var waiting = guard.InspectAsync(Question, Ended).AsTask();
        Assert.Equal(256, judge.Asked);
        _time.Advance(TimeSpan.FromSeconds(2.1));
        var said = await Task.WhenAll(verdicts.Append(waiting));
        Assert.All(said[..256], verdict => Assert.Equal("timeout", verdict.Failure));
        Assert.Contains(said[256].Failure, new[] { "too many at once", "timeout" });
    }

    private sealed class ScriptedJudge(Judgement? says) : IJudge
    {
        private int _asked;

        public int Asked => _asked;

        /// <summary>Null: nothing, until it is told to end.</summary>
        public Judgement? Says { get; set; } = says;

        public bool Throws { get; set; }

        public async ValueTask<Judgement> JudgeAsync(RemoteQuestion question, Patience patience)
        {
            Interlocked.Increment(ref _asked);
            if (Throws)
                throw new NotSupportedException();
            if (Says is { } judgement)
                return judgement;
            await Task.Delay(Timeout.Infinite, patience.End);
            return Up;
        }
    }
}
