using Gateway.Routing.Learning;

namespace Gateway.Routing.Tests.Learning;

public sealed class CorrectionHistoryTests
{
    [Fact]
    public void A_candidate_becomes_current_and_the_old_one_can_be_gone_back_to()
    {
        var history = new CorrectionHistory().Try(1, 10).Promote().Try(2, 20).Promote();
        Assert.Equal((2u, 0u, 2), (history.Current, history.Candidate, history.Promotions));
        var back = history.RollBack();
        Assert.Equal((1u, 1), (back.Current, back.Rollbacks));
        Assert.Equal(0u, back.RollBack().Current);
        Assert.Equal(0u, back.RollBack().RollBack().Current);
        Assert.Same(back.Try(2, 30), back);
    }

    [Fact]
    public void A_rollback_ends_a_trial_first()
    {
        var history = new CorrectionHistory { Current = 1 }.Try(2, 10).RollBack();
        Assert.Equal((1u, 0u), (history.Current, history.Candidate));
        Assert.Same(history, history.Try(2, 20));
        Assert.Equal(3u, history.Try(3, 20).Candidate);
    }

    [Fact]
    public void One_trial_at_a_time()
    {
        var history = new CorrectionHistory().Try(1, 10);
        Assert.Same(history, history.Try(2, 20));
    }

    [Fact]
    public void Remembers_eight_versions_and_needs_no_others()
    {
        var history = new CorrectionHistory();
        for (var version = 1u; version <= 20; version++)
            history = history.Try(version, version).Promote();
        Assert.Equal([19u, 18, 17, 16, 15, 14, 13, 12], history.Earlier);
        Assert.True(history.Needs(20) && history.Needs(12));
        Assert.False(history.Needs(11));
    }
}
