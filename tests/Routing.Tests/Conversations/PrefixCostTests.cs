using Gateway.Routing.Conversations;

namespace Gateway.Routing.Tests.Conversations;

public sealed class PrefixCostTests
{
    private static readonly TokenPrice Small = new(0.05, 0.01, 0.20);
    private static readonly TokenPrice Large = new(0.60, 0.11, 2.20);

    [Theory]
    [InlineData(0.05, 500, false)] // too near the bar to move for
    [InlineData(0.12, 500, true)] // a short prefix is soon read again
    [InlineData(0.12, 60_000, false)] // a long one costs more than the turn saves
    [InlineData(0.30, 60_000, true)] // far below the bar the conversation has truly become easy
    public void Goes_down_only_when_that_is_worth_the_cold_prefix(double below, int prefix, bool isWorth) =>
        Assert.Equal(isWorth, PrefixCost.IsWorthGoing(below, prefix, comesBack: 0.3, Small, Large));

    [Theory]
    [InlineData(0.12, 500, true)]
    [InlineData(0.12, 60_000, false)]
    [InlineData(0.25, 60_000, true)]
    public void Without_prices_the_prefix_alone_asks_for_a_wider_margin(double below, int prefix, bool isWorth) =>
        Assert.Equal(isWorth, PrefixCost.IsWorthGoing(below, prefix, comesBack: 0.3, null, Large));
}
