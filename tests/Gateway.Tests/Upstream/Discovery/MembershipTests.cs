using Gateway.Routing;
using Gateway.Routing.Balancing;
using Gateway.Routing.Health;
using Gateway.Upstream.Discovery;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Upstream.Discovery;

public sealed class MembershipTests
{
    private static readonly BreakerSettings Breaker = new(1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

    private readonly FakeTimeProvider _time = new();
    private readonly Pool _pool = new("slm", "m", null, [], new RoundRobinPicker());
    private readonly Membership _membership;

    public MembershipTests() => _membership = new Membership(_time);

    [Fact]
    public void Members_found_again_are_the_same_replicas()
    {
        Find("10.0.0.2", "10.0.0.1");
        var (one, two) = (_pool.Replicas[0], _pool.Replicas[1]);
        one.Enter();
        two.Breaker.Failed(BreakerPass.Normal);
        var change = Find("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.3");
        Assert.Equal(["10.0.0.1:8000", "10.0.0.2:8000", "10.0.0.3:8000"], _pool.Replicas.Select(replica => replica.Name));
        Assert.Same(one, _pool.Replicas[0]);
        Assert.Same(two, _pool.Replicas[1]);
        Assert.Equal("10.0.0.3:8000", Assert.Single(change.Joined).Name);
        Assert.Equal((1, ReplicaState.Ejected), (one.InFlight, two.State));
    }

    [Fact]
    public void One_that_leaves_drains_first_and_is_gone_afterwards()
    {
        Find("10.0.0.1", "10.0.0.2");
        var leaving = _pool.Replicas[0];
        var change = Find("-10.0.0.1", "10.0.0.2");
        Assert.Same(leaving, Assert.Single(change.Draining));
        Assert.Equal((2, ReplicaState.Draining), (_pool.Replicas.Length, leaving.State));
        Assert.Empty(Find("-10.0.0.1", "10.0.0.2").Draining);
        Assert.Same(leaving, Assert.Single(Find("10.0.0.2").Left));
        Assert.Equal("10.0.0.2:8000", Assert.Single(_pool.Replicas).Name);
    }

    [Fact]
    public void One_that_is_leaving_when_it_is_found_first_does_not_join()
    {
        Find("-10.0.0.1", "10.0.0.2");
        Assert.Equal("10.0.0.2:8000", Assert.Single(_pool.Replicas).Name);
    }

    [Fact]
    public void A_source_takes_back_its_own_notice_only()
    {
        Find("10.0.0.1", "10.0.0.2");
        Find("-10.0.0.1", "-10.0.0.2");
        _pool.Replicas[1].Drain(new DrainNotice(new string(Membership.Terminating), 0, TimeSpan.FromSeconds(120)));
        Find("10.0.0.1", "10.0.0.2");
        Assert.Equal([ReplicaState.Available, ReplicaState.Draining], _pool.Replicas.Select(replica => replica.State));
    }

    [Fact]
    public void One_that_is_back_soon_keeps_its_faults_and_begins_anew()
    {
        Find("10.0.0.1");
        var replica = _pool.Replicas[0];
        replica.Drain(new DrainNotice("spot", 0, null));
        replica.Breaker.Eject(TimeSpan.FromMinutes(1));
        Find();
        Assert.Empty(_pool.Replicas);
        _time.Advance(TimeSpan.FromSeconds(30));
        Find("10.0.0.1");
        Assert.Same(replica, _pool.Replicas[0]);
        Assert.Equal(ReplicaState.Ejected, replica.State);
        Assert.Equal(_time.GetTimestamp(), replica.Breaker.AdmittingSince);
    }

    [Fact]
    public void One_that_is_back_late_is_another()
    {
        Find("10.0.0.1");
        var replica = _pool.Replicas[0];
        Find();
        _time.Advance(TimeSpan.FromSeconds(61));
        Find("10.0.0.1");
        Assert.NotSame(replica, _pool.Replicas[0]);
    }

    /// <param name="hosts">Those found, with <c>-</c> before those that leave.</param>
    private MembershipChange Find(params string[] hosts) =>
        _membership.Apply(_pool, [.. hosts.Select(host => FoundReplica.At(host.TrimStart('-'), 8000, host[0] == '-'))], Breaker);
}
