using Gateway.Dispatch;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Dispatch;

public sealed class RetryBudgetTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Allows_a_burst_of_ten_seconds_of_its_floor_and_then_no_more()
    {
        var budget = new RetryBudget(ratio: 0, perSecond: 2, _time);
        Assert.Equal(20, Spend(budget));
        Assert.False(budget.HasToken);
    }

    [Fact]
    public void Fills_up_with_time()
    {
        var budget = new RetryBudget(ratio: 0, perSecond: 2, _time);
        Spend(budget);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(6, Spend(budget));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(20, Spend(budget));
    }

    [Fact]
    public void Fills_up_with_a_share_of_the_requests()
    {
        var budget = new RetryBudget(ratio: 0.2, perSecond: 1, _time);
        Spend(budget);
        for (var i = 0; i < 25; i++)
            budget.PayIn();
        Assert.Equal(5, Spend(budget));
    }

    private static int Spend(RetryBudget budget)
    {
        var spent = 0;
        for (; budget.HasToken; spent++)
            budget.Take();
        return spent;
    }
}
