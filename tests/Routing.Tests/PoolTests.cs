using Gateway.Routing.Health;

namespace Gateway.Routing.Tests;

public sealed class PoolTests
{
    private readonly Replica _a = A.Replica("a");
    private readonly Replica _b = A.Replica("b");

    [Fact]
    public void Never_picks_a_replica_already_tried()
    {
        var pool = A.Pool("slm", null, _a, _b);
        for (var i = 0; i < 10; i++)
            Assert.Same(_b, pool.Pick([_a])!.Value.Replica);
        Assert.Null(pool.Pick([_a, _b]));
    }

    [Fact]
    public void Passes_over_replicas_that_are_down_unless_asked_for_them()
    {
        var pool = A.Pool("slm", null, _a, _b);
        _a.Probed(false);
        _b.Breaker.Eject(TimeSpan.FromMinutes(1));
        Assert.False(pool.IsAvailable);
        Assert.Null(pool.Pick([]));
        Assert.Equal(BreakerPass.Forced, pool.Pick([_a], evenUnavailable: true)!.Value.Pass);
    }

    [Fact]
    public void Is_available_again_when_a_probe_finds_a_replica_back()
    {
        var pool = A.Pool("slm", null, _a);
        for (var i = 0; i < 3; i++)
            _a.Breaker.Failed(BreakerPass.Normal);
        _a.Probed(false);
        _a.Probed(true);
        Assert.Equal(BreakerPass.Trial, pool.Pick([])!.Value.Pass);
    }

    [Fact]
    public void A_draining_replica_is_asked_only_when_nobody_else_is_left()
    {
        var pool = A.Pool("slm", null, _a, _b);
        _a.Drain(new DrainNotice("spot", 0, TimeSpan.FromMinutes(2)));
        _b.Breaker.Eject(TimeSpan.FromMinutes(1));
        Assert.Equal((ReplicaState.Draining, ReplicaState.Ejected), (_a.State, _b.State));
        Assert.Null(pool.Pick([]));
        for (var i = 0; i < 10; i++)
            Assert.Same(_b, pool.Pick([], evenUnavailable: true)!.Value.Replica);
        Assert.Same(_a, pool.Pick([_b], evenUnavailable: true)!.Value.Replica);
        _a.Undrain();
        Assert.Same(_a, pool.Pick([])!.Value.Replica);
    }

    [Fact]
    public void What_became_of_the_members_counts_for_the_next_pick()
    {
        var pool = A.Pool("slm", null, _a);
        pool.Become([]);
        Assert.Null(pool.Pick([]));
        Assert.Null(pool.Pick([], evenUnavailable: true));
        Assert.False(pool.IsAvailable || pool.HasUntried([]));
        pool.Become([_b]);
        Assert.Same(_b, pool.Pick([])!.Value.Replica);
        Assert.False(pool.HasUntried([_b]));
    }
}
