using Gateway.Routing.Health;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Routing.Tests.Health;

public sealed class CircuitBreakerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly CircuitBreaker _breaker;

    public CircuitBreakerTests() => _breaker = new CircuitBreaker(A.Breaker, _time);

    [Fact]
    public void Opens_after_faults_in_a_row()
    {
        Fail(2);
        Assert.True(_breaker.Allows);
        Fail(1);
        Assert.False(_breaker.Allows);
        Assert.Equal(BreakerPass.Refused, _breaker.TryEnter());
    }

    [Fact]
    public void Forgets_faults_that_an_answer_came_between()
    {
        Fail(2);
        _breaker.Succeeded(BreakerPass.Normal);
        Fail(2);
        Assert.True(_breaker.IsClosed);
    }

    [Fact]
    public void Lets_one_trial_through_at_a_time()
    {
        Fail(3);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(BreakerPass.Trial, _breaker.TryEnter());
        Assert.Equal(BreakerPass.Refused, _breaker.TryEnter());
        _breaker.Succeeded(BreakerPass.Trial);
        Assert.Equal(BreakerPass.Normal, _breaker.TryEnter());
    }

    [Fact]
    public void Stays_open_twice_as_long_after_each_failed_trial_up_to_the_longest()
    {
        Fail(3);
        foreach (var seconds in new[] { 1, 2, 4, 8, 8, 8 })
        {
            _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.False(_breaker.Allows);
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal(BreakerPass.Trial, _breaker.TryEnter());
            _breaker.Failed(BreakerPass.Trial);
        }
    }

    [Fact]
    public void A_trial_without_a_verdict_makes_room_for_the_next()
    {
        Fail(3);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(BreakerPass.Trial, _breaker.TryEnter());
        _breaker.Dropped(BreakerPass.Trial);
        Assert.Equal(BreakerPass.Trial, _breaker.TryEnter());
    }

    [Fact]
    public void An_answer_begun_before_it_opened_does_not_close_it()
    {
        _breaker.Eject(TimeSpan.FromSeconds(10));
        _breaker.Succeeded(BreakerPass.Normal);
        Assert.False(_breaker.Allows);
    }

    [Fact]
    public void A_probe_ends_the_wait_after_faults_but_not_an_ejection()
    {
        Fail(3);
        _breaker.TryEarlier();
        Assert.True(_breaker.Allows);
        _breaker.Eject(TimeSpan.FromSeconds(10));
        _breaker.TryEarlier();
        Assert.False(_breaker.Allows);
    }

    [Fact]
    public void After_an_ejection_one_trial_decides_whatever_probes_say()
    {
        _breaker.Eject(TimeSpan.FromSeconds(10));
        _breaker.TryEarlier();
        _time.Advance(TimeSpan.FromSeconds(9));
        _breaker.TryEarlier();
        Assert.Equal(BreakerPass.Refused, _breaker.TryEnter());
        _time.Advance(TimeSpan.FromSeconds(1));
        _breaker.TryEarlier();
        Assert.Equal(BreakerPass.Trial, _breaker.TryEnter());
        _breaker.TryEarlier();
        Assert.Equal(BreakerPass.Refused, _breaker.TryEnter());
        _breaker.Eject(TimeSpan.FromSeconds(10));
        _breaker.TryEarlier();
        Assert.False(_breaker.Allows);
    }

    [Fact]
    public void A_shorter_ejection_does_not_shorten_a_longer_one()
    {
        _breaker.Eject(TimeSpan.FromSeconds(10));
        _breaker.Eject(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(_breaker.Allows);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_breaker.Allows);
    }

    [Fact]
    public void A_forced_answer_closes_it()
    {
        Fail(3);
        var pass = _breaker.Force();
        Assert.Equal(BreakerPass.Forced, pass);
        _breaker.Succeeded(pass);
        Assert.True(_breaker.IsClosed);
    }

    [Fact]
    public async Task Admits_one_trial_among_many_threads()
    {
        Fail(3);
        _time.Advance(TimeSpan.FromSeconds(1));
        using var start = new Barrier(8);
        var passes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return _breaker.TryEnter();
            },
            TaskCreationOptions.LongRunning)));
        Assert.Single(passes, pass => pass == BreakerPass.Trial);
        Assert.Equal(7, passes.Count(pass => pass == BreakerPass.Refused));
    }

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++)
            _breaker.Failed(BreakerPass.Normal);
    }
}
