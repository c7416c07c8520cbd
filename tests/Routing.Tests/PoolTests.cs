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
}
