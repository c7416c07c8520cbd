using Gateway.Routing.Balancing;
using Gateway.Routing.Health;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Routing.Tests.Balancing;

public sealed class CostPickerTests
{
    private static readonly ulong[] Prompt = PrefixMemoryTests.Prompt([.. Enumerable.Range(0, 100)]);

    private readonly FakeTimeProvider _time = new();
    private readonly Replica[] _replicas;
    private readonly CostPicker _picker;

    public CostPickerTests()
    {
        _replicas = [A.Replica("a", _time), A.Replica("b", _time), A.Replica("c", _time)];
        _picker = new CostPicker(A.PickerSettings(_time));
    }

    private static PickRequest Request => new(Prompt.Length * PickRequest.TokensPerBlock, Prompt);

    [Fact]
    public void A_prompt_goes_where_it_is_cached_and_the_choice_says_what_is_expected()
    {
        _replicas[1].Prefixes.Remember(Prompt.AsSpan(0, 90));
        var choice = Pick();
        Assert.Same(_replicas[1], choice.Replica);
        Assert.Equal((6400, 5760, 640), (choice.Forecast.PromptTokens, choice.Forecast.HitTokens, choice.Forecast.Uncached));
        Assert.Equal(640 / 15_000.0, choice.Forecast.Seconds, 3);
    }

    [Fact]
    public void A_prompt_that_nobody_has_goes_to_the_least_queue()
    {
        Queue(_replicas[0], 5000);
        Queue(_replicas[2], 1000);
        Assert.Same(_replicas[1], Pick().Replica);
    }

    [Fact]
    public void Equals_are_drawn_by_chance() =>
        Assert.All(Enumerable.Range(0, 300).Select(_ => Pick().Replica.Name).CountBy(name => name), pick => Assert.InRange(pick.Value, 60, 140));

    [Fact]
    public void A_warm_replica_is_kept_while_waiting_for_it_costs_less_than_a_copy_and_a_half()
    {
        _replicas[1].Prefixes.Remember(Prompt);
        Queue(_replicas[1], 9000);
        Assert.Same(_replicas[1], Pick().Replica);
        Queue(_replicas[1], 1000);
        Assert.NotSame(_replicas[1], Pick().Replica);
    }

    [Fact]
    public void Half_the_objective_bounds_what_a_warm_replica_may_cost()
    {
        var picker = new CostPicker(A.PickerSettings(_time) with { FirstTokenObjective = TimeSpan.FromMilliseconds(100) });
        _replicas[1].Prefixes.Remember(Prompt);
        Queue(_replicas[1], 7500);
        Assert.NotSame(_replicas[1], picker.Pick(_replicas, Request).Replica);
    }

    [Fact]
    public void A_full_cache_is_passed_over_unless_all_are_full()
    {
        _replicas[1].Prefixes.Remember(Prompt);
        Scrape(_replicas[1], kv: 0.96);
        Assert.NotSame(_replicas[1], Pick().Replica);
        Scrape(_replicas[0], kv: 0.99);
        Scrape(_replicas[2], kv: 0.99);
        Assert.Same(_replicas[1], Pick().Replica);
    }

    [Fact]
    public void Pressure_on_the_cache_costs_before_it_is_full()
    {
        Scrape(_replicas[0], kv: 0.8);
        Scrape(_replicas[1], kv: 0.7);
        Scrape(_replicas[2], kv: 0.2);
        Assert.Same(_replicas[2], Pick().Replica);
    }

    [Fact]
    public void A_fault_costs_for_a_while()
    {
        _replicas[0].Breaker.Failed(BreakerPass.Normal);
        Assert.All(Enumerable.Range(0, 50), _ => Assert.NotSame(_replicas[0], Pick().Replica));
        _time.Advance(TimeSpan.FromMinutes(3));
        Assert.Contains(Enumerable.Range(0, 50), _ => Pick().Replica == _replicas[0]);
    }

    [Fact]
    public void A_replica_that_generates_half_as_fast_counts_as_fuller_and_one_that_differs_by_chance_does_not()
    {
        foreach (var replica in _replicas)
        {
            for (var i = 0; i < 20; i++)
                replica.Work.Enter(default, streams: true);
        }

        Generate(_replicas[0], TimeSpan.FromMilliseconds(13.5));
        Assert.Contains(Enumerable.Range(0, 50), _ => Pick().Replica == _replicas[0]);
        Generate(_replicas[0], TimeSpan.FromMilliseconds(30));
        Assert.All(Enumerable.Range(0, 50), _ => Assert.NotSame(_replicas[0], Pick().Replica));

        static void Generate(Replica replica, TimeSpan gap)
        {
            for (var i = 0; i < 1000; i++)
            {
                replica.Work.Enter(default, streams: true);
                replica.Work.Leave(default, gap);
            }
        }
    }

    [Fact]
    public void A_newcomer_gets_one_request_at_a_time_and_a_new_pool_has_no_newcomers()
    {
        _replicas[0].Enter();
        Assert.Contains(Enumerable.Range(0, 50), _ => Pick().Replica == _replicas[0]);
        foreach (var veteran in _replicas.AsSpan(1))
            Answer(veteran, 64);
        Assert.All(Enumerable.Range(0, 50), _ => Assert.NotSame(_replicas[0], Pick().Replica));
        _replicas[0].Leave();
        Assert.Contains(Enumerable.Range(0, 50), _ => Pick().Replica == _replicas[0]);
    }

    [Fact]
    public void A_burst_of_one_new_prefix_stays_together_until_its_queue_costs_more_than_another_copy()
    {
        var picks = new List<Replica>();
        for (var i = 0; i < 200; i++)
        {
            var (replica, forecast) = Pick();
            replica.Enter(forecast, Prompt, streams: true);
            picks.Add(replica);
        }

        Assert.Single(picks.Take(20).Distinct());
        Assert.Equal(3, picks.Distinct().Count());
    }

    [Fact]
    public void A_pick_among_many_allocates_nothing()
    {
        var many = Enumerable.Range(0, 64).Select(i => A.Replica($"r{i}", _time)).ToArray();
        var prompt = PrefixMemoryTests.Prompt([.. Enumerable.Range(0, 1563)]);
        foreach (var replica in many.AsSpan(0, 32))
            replica.Prefixes.Remember(prompt);
        var request = new PickRequest(100_000, prompt);
        Round();
        var allocated = Allocated.Least(() =>
        {
            for (var i = 0; i < 10; i++)
                Round();
        });
        Assert.Equal(0, allocated);

        void Round()
        {
            var (replica, forecast) = _picker.Pick(many, request);
            var ahead = replica.Enter(forecast, prompt, streams: true);
            replica.Begin(forecast, streams: true, ahead, TimeSpan.FromSeconds(1));
            replica.Leave(forecast);
        }
    }

    private Choice Pick() => _picker.Pick(_replicas, Request);

    private static void Queue(Replica replica, int tokens) => replica.Work.Enter(new Forecast(tokens, 0, 0, 0), streams: true);

    private void Scrape(Replica replica, double kv) => replica.Load = new ReplicaLoad(0, 0, kv, _time.GetTimestamp());

    private static void Answer(Replica replica, int times)
    {
        for (var i = 0; i < times; i++)
        {
            replica.Work.Begin(default, streams: true, 0, TimeSpan.Zero);
            replica.Work.Leave(default);
        }
    }
}
