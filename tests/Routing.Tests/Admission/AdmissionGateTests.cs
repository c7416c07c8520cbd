using Gateway.Routing.Admission;
using Gateway.Routing.Balancing;
using Gateway.Routing.Health;

namespace Gateway.Routing.Tests.Admission;

public sealed class AdmissionGateTests
{
    [Fact]
    public async Task Lets_in_as_many_as_the_replicas_take_and_then_one_for_each_that_leaves()
    {
        var some = new SomeGate(replicas: 2);
        var places = some.Fill();
        Assert.Equal(4, places.Count);
        var waiting = some.EnterAsync();
        Assert.False(waiting.IsCompleted);
        Assert.Equal(1, some.Gate.Waiting);
        places[0].Leave();
        var entered = await waiting;
        Assert.True(entered.IsEntered);
        Assert.Equal((4, 0), (some.Gate.InFlight, some.Gate.Waiting));
        entered.Place.Leave();
        places[1..].ForEach(place => place.Leave());
        Assert.Equal(0, some.Gate.InFlight);
    }

    [Fact]
    public void Entering_and_leaving_allocate_nothing_while_nobody_waits()
    {
        var gate = new SomeGate().Gate;
        var claim = new AdmissionClaim(0, default, 1000);
        Pass(gate, claim, 1000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Pass(gate, claim, 10_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Pass(AdmissionGate gate, AdmissionClaim claim, int times)
        {
            for (var i = 0; i < times; i++)
            {
                Assert.True(gate.TryEnter(isSpare: false, out var place));
                var entering = gate.EnterAsync(claim, TimeSpan.FromSeconds(1), default, default);
                Assert.True(entering.IsCompletedSuccessfully);
                entering.GetAwaiter().GetResult().Place.Leave();
                place.Leave();
            }
        }
    }

    [Fact]
    public async Task Serves_lower_priorities_first_and_whoever_was_under_way_before_all()
    {
        var some = new SomeGate();
        var places = some.Fill();
        List<Task<Admittance>> waiting =
            [some.EnterAsync(priority: 5), some.EnterAsync(priority: -1), some.EnterAsync(priority: 0), some.EnterAsync(AdmissionClaim.UnderWay)];
        Assert.Equal([3, 1, 2, 0], await some.ServeAllAsync(places[0], waiting));
    }

    [Fact]
    public async Task A_waiter_is_told_when_its_time_is_up_and_how_long_to_stay_away()
    {
        var some = new SomeGate();
        some.Fill();
        var waiting = some.EnterAsync(patience: 2);
        some.Pass(1.9);
        Assert.False(waiting.IsCompleted);
        some.Pass(0.1);
        var outcome = await waiting;
        Assert.Equal(AdmissionVerdict.TimedOut, outcome.Verdict);
        Assert.Equal(TimeSpan.FromSeconds(2), outcome.Waited);
        Assert.Equal(TimeSpan.FromSeconds(1), outcome.RetryAfter);
        Assert.Equal(0, some.Gate.Waiting);
    }

    [Fact]
    public async Task The_impatient_are_told_before_the_patient_whatever_the_order_they_came_in()
    {
        var some = new SomeGate();
        some.Fill();
        var (patient, impatient) = (some.EnterAsync(patience: 20), some.EnterAsync(patience: 5));
        some.Pass(6);
        Assert.Equal(AdmissionVerdict.TimedOut, (await impatient).Verdict);
        Assert.False(patient.IsCompleted);
    }

    [Fact]
    public async Task Whoever_leaves_frees_its_place_in_the_queue_at_once()
    {
        var some = new SomeGate(SomeGate.Settings with { Queue = 1 });
        var places = some.Fill();
        using var gone = new CancellationTokenSource();
        var leaving = some.EnterAsync(cancel: gone.Token);
        Assert.Equal(AdmissionVerdict.QueueFull, (await some.EnterAsync()).Verdict);
        await gone.CancelAsync();
        Assert.Equal(AdmissionVerdict.GivenUp, (await leaving).Verdict);
        var next = some.EnterAsync();
        Assert.False(next.IsCompleted);
        places[0].Leave();
        Assert.True((await next).IsEntered);
    }

    [Fact]
    public async Task A_token_that_has_fired_or_a_gateway_that_stops_ends_the_wait()
    {
        var some = new SomeGate();
        some.Fill();
        Assert.Equal(AdmissionVerdict.GivenUp, (await some.EnterAsync(cancel: new CancellationToken(true))).Verdict);
        using var stop = new CancellationTokenSource();
        var waiting = some.EnterAsync(stopping: stop.Token);
        await stop.CancelAsync();
        Assert.Equal(AdmissionVerdict.GivenUp, (await waiting).Verdict);
    }

    [Fact]
    public async Task Without_patience_a_free_place_is_taken_and_none_is_waited_for()
    {
        var some = new SomeGate();
        var places = some.Fill();
        Assert.Equal(AdmissionVerdict.TimedOut, (await some.EnterAsync(patience: 0)).Verdict);
        places[0].Leave();
        Assert.True((await some.EnterAsync(patience: 0)).IsEntered);
    }

    [Fact]
    public async Task Retry_after_is_the_queues_length_over_the_speed_at_which_places_come_free()
    {
        // Two places, each held for 4 s: one comes free every 2 s.
        var some = new SomeGate();
        var places = some.Fill();
        some.Pass(4);
        places.ForEach(place => place.Leave());
        some.Pass(0);
        some.Fill();
        for (var i = 0; i < 5; i++)
            _ = some.EnterAsync(patience: 100);
        // Five before it, then its own turn: 6 x 2 s. It would wait longer than it may, and is told so at once.
        var outcome = await some.EnterAsync(patience: 11);
        Assert.Equal(AdmissionVerdict.WaitTooLong, outcome.Verdict);
        Assert.Equal(TimeSpan.FromSeconds(12), outcome.RetryAfter);
        Assert.False(some.EnterAsync(patience: 13).IsCompleted);
    }

    [Fact]
    public async Task Retry_after_is_never_absurd()
    {
        var some = new SomeGate(SomeGate.Settings with { Queue = 1 });
        var places = some.Fill();
        some.Pass(10_000);
        places.ForEach(place => place.Leave());
        some.Pass(0);
        some.Fill();
        _ = some.EnterAsync(patience: 100);
        Assert.Equal(TimeSpan.FromSeconds(60), (await some.EnterAsync(patience: 100)).RetryAfter);
    }

    [Fact]
    public async Task More_replicas_serve_whoever_waits_without_anybody_leaving()
    {
        var some = new SomeGate();
        some.Fill();
        var waiting = some.EnterAsync();
        some.Pool.Become([.. some.Replicas, A.Replica("another", some.Time)]);
        some.Pass(0);
        Assert.True((await waiting).IsEntered);
        Assert.Equal(4, some.Gate.Capacity);
    }

    [Fact]
    public void A_replica_that_is_out_takes_its_places_along_unless_all_are_out()
    {
        var some = new SomeGate(replicas: 2);
        some.Replicas[0].Probed(reached: false);
        some.Pass(0.1);
        Assert.Equal(2, some.Gate.Capacity);
        some.Replicas[1].Probed(reached: false);
        some.Pass(0.1);
        Assert.Equal(4, some.Gate.Capacity);
    }

    [Fact]
    public void A_newcomer_counts_with_the_share_that_it_is_offered()
    {
        var some = new SomeGate(SomeGate.Settings with { InFlightPerReplica = 20 });
        var slow = new Pool("slm", "m", null, some.Replicas, new RoundRobinPicker())
        {
            Eligibility = new Eligibility(new HealthSettings(0.5, TimeSpan.FromSeconds(10)), some.Time, new Random(1)),
        };
        some.Time.Advance(TimeSpan.FromMinutes(1));
        slow.Become([.. some.Replicas, A.Replica("fresh", some.Time)]);
        some.Gate.Tick(slow);
        Assert.Equal(21, some.Gate.Capacity);
        some.Time.Advance(TimeSpan.FromSeconds(5));
        some.Gate.Tick(slow);
        Assert.Equal(31, some.Gate.Capacity);
        some.Time.Advance(TimeSpan.FromSeconds(5));
        some.Gate.Tick(slow);
        Assert.Equal(40, some.Gate.Capacity);
        // Where all are new, none is.
        slow.Become([A.Replica("one", some.Time), A.Replica("other", some.Time)]);
        some.Gate.Tick(slow);
        Assert.Equal(40, some.Gate.Capacity);
    }

    [Fact]
    public void Switched_off_it_counts_and_lets_everybody_in()
    {
        var some = new SomeGate(SomeGate.Settings with { IsOn = false });
        for (var i = 0; i < 1000; i++)
            Assert.True(some.Gate.TryEnter(isSpare: true, out _));
        Assert.Equal(1000, some.Gate.InFlight);
        some.Gate.Become(SomeGate.Settings);
        some.Pass(0.1);
        Assert.False(some.Gate.TryEnter(isSpare: false, out _));
    }

    [Fact]
    public async Task No_place_is_lost_or_given_twice_when_many_come_and_go_at_once()
    {
        var gate = new AdmissionGate(SomeGate.Settings with { InFlightPerReplica = 3, Queue = 10_000 }, TimeProvider.System);
        gate.Tick(new SomeGate().Pool);
        var (inside, most, served) = (0, 0, 0);
        await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 300; i++)
            {
                var entered = await gate.EnterAsync(new AdmissionClaim(caller % 3, new CallerMark(caller), 500), TimeSpan.FromSeconds(60), default, default);
                Assert.True(entered.IsEntered, entered.Verdict.ToString());
                var now = Interlocked.Increment(ref inside);
                InterlockedMax(ref most, now);
                if (i % 7 == 0)
                    await Task.Yield();
                Interlocked.Decrement(ref inside);
                entered.Place.Leave();
                Interlocked.Increment(ref served);
            }
        }))).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(64 * 300, served);
        Assert.Equal((0, 0), (gate.InFlight, gate.Waiting));
        Assert.InRange(most, 1, 3);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most)
            Interlocked.CompareExchange(ref most, value, seen);
    }
}
