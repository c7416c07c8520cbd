using Gateway.Routing.Health;

namespace Gateway.Routing.Tests.Admission;

public sealed class InFlightLimitTests
{
    private readonly SomeGate _some = new(SomeGate.Settings with { InFlightPerReplica = null });

    private int Limit => _some.Gate.Capacity;

    [Fact]
    public void Grows_while_it_is_used_and_the_replica_has_room()
    {
        var before = Limit;
        Use(before);
        Scrape(waiting: 0, kv: 0.3);
        Assert.Equal((int)(before * 1.25), Limit);
    }

    [Fact]
    public void Stays_where_it_is_while_it_is_not_used()
    {
        var before = Limit;
        Use(before / 2);
        for (var i = 0; i < 20; i++)
            Scrape(waiting: 0, kv: 0.1);
        Assert.Equal(before, Limit);
    }

    [Theory]
    [InlineData(20, 0.5, 44)]
    [InlineData(60, 0.5, 32)]
    [InlineData(0, 0.95, 54)]
    public void Is_cut_by_what_the_replica_queues_or_because_its_cache_is_full(int waiting, double kv, int left)
    {
        Use(Limit);
        Assert.Equal(64, Limit);
        Scrape(waiting, kv);
        Assert.Equal(left, Limit);
    }

    [Fact]
    public void Is_cut_at_most_once_a_second_and_once_for_each_scrape()
    {
        Use(Limit);
        Scrape(waiting: 20, kv: 0.5);
        var cut = Limit;
        Scrape(waiting: 20, kv: 0.5);
        Assert.Equal(cut, Limit);
        _some.Pass(2);
        Assert.Equal(cut, Limit);
        Scrape(waiting: 20, kv: 0.5);
        Assert.True(Limit < cut);
    }

    [Fact]
    public void Holds_while_the_replicas_queue_shrinks()
    {
        Use(Limit);
        Scrape(waiting: 20, kv: 0.5);
        var cut = Limit;
        _some.Pass(2);
        Scrape(waiting: 10, kv: 0.5);
        Assert.Equal(cut, Limit);
    }

    [Fact]
    public void Settles_near_what_the_replica_runs_at_once()
    {
        // A replica that runs 100: what is beyond waits there.
        var inFlight = 0;
        for (var i = 0; i < 400; i++)
        {
            while (inFlight < Limit)
                inFlight = Enter(inFlight);
            while (inFlight > Limit)
                inFlight = Leave(inFlight);
            Scrape(Math.Max(0, inFlight - 100), 0.5);
        }

        Assert.InRange(Limit, 90, 106);
    }

    [Fact]
    public void Never_falls_so_low_that_the_replica_cannot_show_that_it_is_well()
    {
        Use(1);
        for (var i = 0; i < 50; i++)
        {
            _some.Pass(1);
            Scrape(waiting: 50, kv: 1);
        }

        Assert.Equal(4, Limit);
    }

    [Fact]
    public void An_operators_number_is_never_exceeded()
    {
        var some = new SomeGate(SomeGate.Settings with { InFlightPerReplica = 10 });
        some.Fill();
        for (var i = 0; i < 10; i++)
            some.Replica.Enter();
        for (var i = 1; i < 20; i++)
        {
            some.Pass(0.5);
            some.Replica.Load = new ReplicaLoad(5, 0, 0.1, some.Time.GetTimestamp());
            some.Pass(0.05);
        }

        Assert.Equal(10, some.Gate.Capacity);
    }

    [Fact]
    public void Without_scrapes_first_tokens_that_take_several_times_as_long_cut_it()
    {
        Use(Limit);
        var before = Limit;
        FirstTokens(TimeSpan.FromMilliseconds(100));
        Assert.True(Limit > before);
        var grown = Limit;
        FirstTokens(TimeSpan.FromSeconds(1));
        Assert.True(Limit < grown);
    }

    [Fact]
    public void A_scrape_that_is_old_says_nothing()
    {
        Use(Limit);
        Scrape(waiting: 20, kv: 0.5);
        var cut = Limit;
        _some.Pass(10);
        FirstTokens(TimeSpan.FromMilliseconds(100));
        Assert.True(Limit > cut);
    }

    private void Use(int inFlight)
    {
        for (var i = 0; i < inFlight; i++)
            _some.Replica.Enter();
    }

    private int Enter(int inFlight)
    {
        _some.Replica.Enter();
        return inFlight + 1;
    }

    private int Leave(int inFlight)
    {
        _some.Replica.Leave();
        return inFlight - 1;
    }

    private void Scrape(int waiting, double kv)
    {
        _some.Pass(0.25);
        _some.Replica.Load = new ReplicaLoad(50, waiting, kv, _some.Time.GetTimestamp());
        _some.Pass(0.05);
    }

    private void FirstTokens(TimeSpan took)
    {
        for (var i = 0; i < 20; i++)
            _some.Replica.Limit.Note(took);
        _some.Pass(1.1);
    }
}
