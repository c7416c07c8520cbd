using Gateway.Routing.Thresholds;

namespace Gateway.Routing.Tests.Thresholds;

public sealed class CostTargetTests
{
    private static readonly TokenPrice Small = new(0.05, 0.01, 0.20);
    private static readonly TokenPrice Large = new(0.60, 0.11, 2.20);

    [Fact]
    public void The_share_costs_what_was_asked_for()
    {
        var target = new CostTarget(0.40, Small, Large);
        Learn(target, prompt: 800, cached: 300, completion: 200);
        var (low, high) = (Small.Of(800, 300, 200), Large.Of(800, 300, 200));
        Assert.Equal(0.40, 1000 * (low + (target.Share * (high - low))), 0.01);
    }

    [Theory]
    [InlineData(0.001, 0)]
    [InlineData(1000, 1)]
    public void What_no_share_can_cost_is_the_nearest_share(double usd, double share)
    {
        var target = new CostTarget(usd, Small, Large);
        Learn(target, prompt: 2000, cached: 0, completion: 500);
        Assert.Equal(share, target.Share);
    }

    [Fact]
    public void A_large_pool_that_costs_no_more_answers_everything() => Assert.Equal(1, new CostTarget(0.1, Small, Small).Share);

    private static void Learn(CostTarget target, int prompt, int cached, int completion)
    {
        for (var i = 0; i < 10_000; i++)
            target.NoteUsage(prompt, cached, completion);
    }
}
