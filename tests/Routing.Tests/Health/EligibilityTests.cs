using System.Collections.Immutable;
using Gateway.Routing.Balancing;
using Gateway.Routing.Health;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Routing.Tests.Health;

public sealed class EligibilityTests
{
    private static readonly HealthSettings Settings = new(0.5, TimeSpan.FromSeconds(10));

    private readonly FakeTimeProvider _time = new();
    private readonly Eligibility _eligibility;

    public EligibilityTests() => _eligibility = new Eligibility(Settings, _time, new Random(7));

    [Fact]
    public void A_newcomers_share_grows_until_it_is_full()
    {
        var old = A.Replica("old", _time);
        _time.Advance(TimeSpan.FromMinutes(1));
        var fresh = A.Replica("fresh", _time);
        var pool = PoolOf(old, fresh);
        var first = PicksOf(pool, fresh);
        _time.Advance(TimeSpan.FromSeconds(5));
        var half = PicksOf(pool, fresh);
        _time.Advance(TimeSpan.FromSeconds(5));
        // Offered at 5 %, at 55 % and always, of which round robin gives it half.
        Assert.InRange(first, 10, 45);
        Assert.InRange(half, 220, 330);
        Assert.Equal(500, PicksOf(pool, fresh));
    }

    [Fact]
    public void Newcomers_among_themselves_are_alike()
    {
        var (one, other) = (A.Replica("one", _time), A.Replica("other", _time));
        Assert.Equal(500, PicksOf(PoolOf(one, other), one));
    }

    [Fact]
    public void A_newcomer_is_never_refused_where_it_is_the_only_one_left()
    {
        var old = A.Replica("old", _time);
        _time.Advance(TimeSpan.FromMinutes(1));
        var pool = PoolOf(old, A.Replica("fresh", _time));
        for (var i = 0; i < 100; i++)
            Assert.NotNull(pool.Pick([old]));
    }

    [Fact]
    public void A_replica_that_is_back_begins_anew()
    {
        var (old, back) = (A.Replica("old", _time), A.Replica("back", _time));
        _time.Advance(TimeSpan.FromMinutes(1));
        var pool = PoolOf(old, back);
        Assert.Equal(500, PicksOf(pool, back));
        back.Probed(false);
        back.Probed(true);
        Assert.InRange(PicksOf(pool, back), 10, 45);
        _time.Advance(TimeSpan.FromMinutes(1));
        back.Drain(new DrainNotice("test", 0, null));
        back.Undrain();
        Assert.InRange(PicksOf(pool, back), 10, 45);
    }

    [Fact]
    public void Without_a_slow_start_a_newcomer_is_like_any_other()
    {
        var old = A.Replica("old", _time);
        _time.Advance(TimeSpan.FromMinutes(1));
        var fresh = A.Replica("fresh", _time);
        var pool = PoolOf(new Eligibility(Settings with { SlowStart = TimeSpan.Zero }, _time, new Random(7)), old, fresh);
        Assert.Equal(500, PicksOf(pool, fresh));
    }

    [Fact]
    public void Probes_are_believed_until_too_few_members_are_reachable()
    {
        Replica[] members = [A.Replica("a", _time), A.Replica("b", _time), A.Replica("c", _time), A.Replica("d", _time)];
        var pool = PoolOf([.. members]);
        members[0].Probed(false);
        members[1].Probed(false);
        Assert.False(_eligibility.IgnoresProbes(pool.Replicas));
        Assert.Equal(0, PicksOf(pool, members[0]));
        members[2].Probed(false);
        Assert.True(_eligibility.IgnoresProbes(pool.Replicas));
        Assert.Equal(250, PicksOf(pool, members[0]));
        members[3].Probed(false);
        Assert.True(pool.HasUntried([members[0], members[1]]));
        Assert.False(pool.IsAvailable);
    }

    [Fact]
    public void In_panic_breakers_and_notices_still_count()
    {
        Replica[] members = [A.Replica("a", _time), A.Replica("b", _time), A.Replica("c", _time)];
        foreach (var member in members)
            member.Probed(false);
        members[0].Drain(new DrainNotice("test", 0, null));
        members[1].Breaker.Eject(TimeSpan.FromMinutes(1));
        var pool = PoolOf([.. members]);
        Assert.Equal(1000, PicksOf(pool, members[2]));
        Assert.Null(pool.Pick([members[2]]));
    }

    [Fact]
    public void Members_that_drain_are_not_counted_as_missing()
    {
        Replica[] members = [A.Replica("a", _time), A.Replica("b", _time), A.Replica("c", _time)];
        members[0].Drain(new DrainNotice("test", 0, null));
        members[1].Drain(new DrainNotice("test", 0, null));
        members[1].Probed(false);
        Assert.False(_eligibility.IgnoresProbes([.. members]));
    }

    private Pool PoolOf(params ImmutableArray<Replica> replicas) => PoolOf(_eligibility, replicas);

    private static Pool PoolOf(Eligibility eligibility, params ImmutableArray<Replica> replicas) =>
        new("slm", "m", null, replicas, new RoundRobinPicker()) { Eligibility = eligibility };

    private static int PicksOf(Pool pool, Replica replica) =>
        Enumerable.Range(0, 1000).Count(_ => pool.Pick([])!.Value.Replica == replica);
}
