using Gateway.Bench.Load.Driving;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Load.Tests.Driving;

public sealed class OpenLoopDriverTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stop = new();

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task Latency_counts_from_the_intended_start_when_the_target_stalls()
    {
        var call = new StallingCall(_time);
        // Ten arrivals 100 ms apart, room for one; at the tenth the target wakes up and answers them all.
        var driver = Driver(arrivals: 10, maxInFlight: 1, atEnd: call.Release);

        await driver.RunAsync(call, _stop.Token);

        Assert.Equal([1000, 900, 800, 700, 600, 500, 400, 300, 200, 100], call.Latencies.Select(l => l.TotalMilliseconds));
    }

    [Fact]
    public async Task A_stalled_target_does_not_hold_back_the_arrivals()
    {
        var call = new StallingCall(_time);
        var begunAtEnd = 0;
        var driver = Driver(arrivals: 10, maxInFlight: 100, atEnd: () =>
        {
            begunAtEnd = call.Begun;
            call.Release();
        });

        await driver.RunAsync(call, _stop.Token);

        Assert.Equal(10, begunAtEnd);
    }

    [Fact]
    public async Task No_more_are_under_way_than_the_bound()
    {
        var call = new StallingCall(_time);
        var (begun, waiting) = (0, 0L);
        OpenLoopDriver driver = null!;
        driver = Driver(arrivals: 10, maxInFlight: 3, atEnd: () =>
        {
            (begun, waiting) = (call.Begun, driver.Waiting);
            call.Release();
        });

        await driver.RunAsync(call, _stop.Token);

        Assert.Equal((3, 7), (begun, waiting));
        Assert.Equal(10, call.Latencies.Count);
    }

    [Fact]
    public async Task What_is_abandoned_is_named_by_its_intended_start_and_never_begun()
    {
        var call = new StallingCall(_time);
        var ended = new TaskCompletionSource();
        var schedule = new ArrivalSchedule(_time, perSecond: 10);
        var driver = Driver(arrivals: 5, maxInFlight: 2, atEnd: ended.SetResult, schedule);

        var run = driver.RunAsync(call, _stop.Token);
        await ended.Task;
        driver.Abandon(call);
        call.Release();
        await run;

        Assert.Equal([schedule.TimestampOf(2), schedule.TimestampOf(3), schedule.TimestampOf(4)], call.NotStarted);
        Assert.Equal(2, call.Begun);
    }

    [Fact]
    public async Task A_call_that_throws_ends_the_phase_with_what_it_threw()
    {
        var driver = Driver(arrivals: 5, maxInFlight: 1, atEnd: () => { });

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => driver.RunAsync(new ThrowingCall(), _stop.Token));
    }

    [Fact]
    public async Task A_closed_loop_ends_by_itself_at_its_limit()
    {
        var call = new CountingCall();

        await new ClosedLoopDriver(_time, concurrency: 8, limit: 1_000).RunAsync(call, CancellationToken.None);

        Assert.Equal(1_000, call.Count);
    }

    // Stops at the moment of one arrival more than asked for, which therefore is none.
    private OpenLoopDriver Driver(int arrivals, int maxInFlight, Action atEnd, ArrivalSchedule? schedule = null)
    {
        schedule ??= new ArrivalSchedule(_time, perSecond: 10);
        var end = schedule.TimestampOf(arrivals);
        var pause = new FakePause(_time, reached =>
        {
            if (reached == end)
            {
                _stop.Cancel();
                atEnd();
            }
        });
        return new OpenLoopDriver(schedule, pause, maxInFlight);
    }

    private sealed class ThrowingCall : ICall
    {
        public ValueTask CallAsync(long intendedStart) => throw new InvalidTimeZoneException();

        public void NeverStarted(long intendedStart) => throw new InvalidOperationException();
    }

    private sealed class CountingCall : ICall
    {
        private int _count;

        public int Count => _count;

        public ValueTask CallAsync(long intendedStart)
        {
            Interlocked.Increment(ref _count);
            return ValueTask.CompletedTask;
        }

        public void NeverStarted(long intendedStart) => throw new InvalidOperationException();
    }
}
