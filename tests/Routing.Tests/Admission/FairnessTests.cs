using Gateway.Routing.Admission;

namespace Gateway.Routing.Tests.Admission;

/// <summary>Who is served, and who is turned away, when not all can be.</summary>
public sealed class FairnessTests
{
    [Fact]
    public async Task Callers_take_turns_however_much_each_has_waiting()
    {
        var some = new SomeGate(SomeGate.Settings with { InFlightPerReplica = 1 });
        var place = Assert.Single(some.Fill());
        var waiting = new List<Task<Admittance>>();
        for (var i = 0; i < 30; i++)
            waiting.Add(some.EnterAsync(caller: 1, tokens: 2000));
        for (var i = 0; i < 5; i++)
            waiting.Add(some.EnterAsync(caller: 2, tokens: 2000));
        var order = await some.ServeAllAsync(place, waiting);
        Assert.Equal(5, order.Take(11).Count(index => index >= 30));
    }

    [Fact]
    public async Task Shares_are_of_tokens_not_of_requests()
    {
        var some = new SomeGate(SomeGate.Settings with { InFlightPerReplica = 1 });
        var place = Assert.Single(some.Fill());
        var waiting = new List<Task<Admittance>>();
        for (var i = 0; i < 40; i++)
            waiting.Add(some.EnterAsync(caller: 1, tokens: 1000));
        for (var i = 0; i < 40; i++)
            waiting.Add(some.EnterAsync(caller: 2, tokens: 4000));
        var order = await some.ServeAllAsync(place, waiting);
        var dear = order.Take(40).Count(index => index >= 40);
        Assert.InRange(dear, 7, 9);
    }

    [Fact]
    public async Task A_caller_who_fills_the_queue_makes_room_for_one_who_has_little_in_it()
    {
        var some = new SomeGate(SomeGate.Settings with { Queue = 4 });
        some.Fill();
        var greedy = Enumerable.Range(0, 4).Select(_ => some.EnterAsync(caller: 1)).ToList();
        Assert.Equal(AdmissionVerdict.QueueFull, (await some.EnterAsync(caller: 1)).Verdict);
        var modest = Enumerable.Range(0, 2).Select(_ => some.EnterAsync(caller: 2)).ToList();
        // The latest of the greedy one go, until both have the same.
        Assert.Equal(AdmissionVerdict.Displaced, (await greedy[3]).Verdict);
        Assert.Equal(AdmissionVerdict.Displaced, (await greedy[2]).Verdict);
        Assert.All(modest.Concat(greedy[..2]), task => Assert.False(task.IsCompleted));
        Assert.Equal(AdmissionVerdict.QueueFull, (await some.EnterAsync(caller: 2)).Verdict);
    }

    [Fact]
    public async Task Batch_is_turned_away_before_people_and_never_in_their_stead()
    {
        var some = new SomeGate(SomeGate.Settings with { Queue = 2 });
        some.Fill();
        var batch = some.EnterAsync(priority: 10, caller: 1);
        var person = some.EnterAsync(priority: 0, caller: 2);
        var another = some.EnterAsync(priority: 0, caller: 2);
        Assert.Equal(AdmissionVerdict.Displaced, (await batch).Verdict);
        Assert.False(person.IsCompleted || another.IsCompleted);
        Assert.Equal(AdmissionVerdict.QueueFull, (await some.EnterAsync(priority: 10, caller: 1)).Verdict);
    }

    [Fact]
    public async Task Batch_gets_only_what_people_leave()
    {
        // Four places, of which batch may have two.
        var some = new SomeGate(SomeGate.Settings with { InFlightPerReplica = 4 });
        Assert.True((await some.EnterAsync(priority: 10)).IsEntered);
        var second = await some.EnterAsync(priority: 10);
        var batch = some.EnterAsync(priority: 10);
        Assert.False(batch.IsCompleted);
        var person = await some.EnterAsync();
        Assert.True(person.IsEntered);
        second.Place.Leave();
        Assert.False(batch.IsCompleted);
        person.Place.Leave();
        Assert.True((await batch).IsEntered);
    }

    [Fact]
    public void Calls_that_may_as_well_not_be_made_take_what_batch_may_have()
    {
        var gate = new SomeGate(SomeGate.Settings with { InFlightPerReplica = 4 }).Gate;
        Assert.True(gate.TryEnter(isSpare: true, out _));
        Assert.True(gate.TryEnter(isSpare: true, out _));
        Assert.False(gate.TryEnter(isSpare: true, out _));
        Assert.True(gate.TryEnter(isSpare: false, out _));
    }

    [Fact]
    public async Task Many_callers_who_come_and_leave_while_one_waits_leave_nothing_behind()
    {
        var some = new SomeGate();
        var places = some.Fill();
        var first = some.EnterAsync(caller: -1, tokens: 60_000);
        for (var caller = 0; caller < 1000; caller++)
        {
            using var gone = new CancellationTokenSource();
            var waiting = some.EnterAsync(caller: caller, cancel: gone.Token);
            await gone.CancelAsync();
            Assert.Equal(AdmissionVerdict.GivenUp, (await waiting).Verdict);
        }

        Assert.Equal(1, some.Gate.Waiting);
        places[0].Leave();
        Assert.True((await first).IsEntered);
    }
}
