using Gateway.Routing.Thresholds;

namespace Gateway.Routing.Tests.Thresholds;

public sealed class ShareThresholdTests
{
    private const int Requests = 12_000;

    private static readonly float[] Even = [.. Enumerable.Range(0, 101).Select(i => i / 100f)];

    public static TheoryData<string, double> Arrivals()
    {
        var data = new TheoryData<string, double>();
        foreach (var order in new[] { "shuffled", "rising", "falling", "blocks", "alternating", "equal", "two values", "waves" })
        {
            foreach (var share in new[] { 0.05, 0.2, 0.3, 0.5, 0.9 })
                data.Add(order, share);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Arrivals))]
    public void Holds_the_share_within_three_points_over_any_thousand_requests(string order, double share)
    {
        var threshold = new ShareThreshold(new FixedShare(share), double.PositiveInfinity, Even);
        var ups = Replay(order).Select(score => threshold.Decide(score).IsHard ? 1 : 0).ToArray();
        var inWindow = ups.Take(1000).Sum();
        for (var end = 1000; end < ups.Length; end++)
        {
            Assert.InRange(inWindow / 1000.0, share - 0.03, share + 0.03);
            inWindow += ups[end] - ups[end - 1000];
        }
    }

    [Fact]
    public void Sends_up_those_that_score_highest_when_they_arrive_mixed()
    {
        var threshold = new ShareThreshold(new FixedShare(0.2), double.PositiveInfinity, Even);
        var decided = Replay("shuffled").Select(score => (Score: score, threshold.Decide(score).IsHard)).Skip(2000).ToList();
        Assert.All(decided.Where(one => one.Score > 0.9), one => Assert.True(one.IsHard));
        Assert.All(decided.Where(one => one.Score < 0.7), one => Assert.False(one.IsHard));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void None_and_all_are_shares_too(double share)
    {
        var threshold = new ShareThreshold(new FixedShare(share), double.PositiveInfinity, Even);
        Assert.All(Replay("shuffled").Take(3000), score => Assert.Equal(share == 1, threshold.Decide(score).IsHard));
    }

    [Fact]
    public void The_floor_sends_up_whatever_the_share_and_others_make_up_for_it()
    {
        var threshold = new ShareThreshold(new FixedShare(0.1), 0.8, Even);
        var verdicts = Enumerable.Range(0, 100).Select(_ => threshold.Decide(0.85)).ToList();
        Assert.All(verdicts, verdict => Assert.Equal((true, ThresholdCause.Floor), (verdict.IsHard, verdict.Cause)));
        Assert.Equal(ThresholdCause.ShareSpent, threshold.Decide(0.79).Cause);
    }

    [Fact]
    public void A_held_conversation_goes_up_and_is_counted()
    {
        var threshold = new ShareThreshold(new FixedShare(0.1), double.PositiveInfinity, Even);
        for (var i = 0; i < 20; i++)
            Assert.Equal(ThresholdCause.Held, threshold.Decide(0.2, isHeld: true).Cause);
        Assert.Equal(ThresholdCause.ShareSpent, threshold.Look(0.99).Cause);
    }

    [Fact]
    public void Escalations_are_part_of_the_share()
    {
        var (plain, escalating) = (New(), New());
        var (without, with) = (0, 0);
        foreach (var score in Replay("shuffled"))
        {
            without += plain.Decide(score).IsHard ? 1 : 0;
            if (escalating.Decide(score).IsHard)
                with++;
            else if (score is > 0.3 and < 0.4)
                escalating.NoteEscalation();
        }

        Assert.Equal(0.3, without / (double)Requests, 0.01);
        Assert.Equal(0.2, with / (double)Requests, 0.02);

        static ShareThreshold New() => new(new FixedShare(0.3), double.PositiveInfinity, Even);
    }

    [Fact]
    public void Looking_changes_nothing()
    {
        var threshold = new ShareThreshold(new FixedShare(0.3), double.PositiveInfinity, Even);
        var before = threshold.Save();
        for (var i = 0; i < 100; i++)
            threshold.Look(0.9);
        Assert.Equal(before, threshold.Save());
    }

    [Fact]
    public void Goes_on_after_a_restart_where_it_stood()
    {
        var (before, after) = (new ShareThreshold(new FixedShare(0.3), 2, Even), new ShareThreshold(new FixedShare(0.3), 2, []));
        foreach (var score in Replay("rising").Take(5000))
            before.Decide(score);
        after.Load(before.Save());
        Assert.All(Replay("shuffled").Take(500), score => Assert.Equal(before.Decide(score), after.Decide(score)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    public void Bytes_that_nothing_saved_change_nothing(int length)
    {
        var threshold = new ShareThreshold(new FixedShare(0.3), 2, Even);
        var before = threshold.Save();
        threshold.Load(Enumerable.Repeat((byte)0xFF, length).ToArray());
        Assert.Equal(before, threshold.Save());
    }

    [Fact]
    public void Ranks_among_the_scores_of_other_gateways_too()
    {
        var (here, there) = (new ShareThreshold(new FixedShare(0.5), 2, []), new ShareThreshold(new FixedShare(0.5), 2, []));
        for (var i = 0; i < 100; i++)
        {
            here.Decide(0.2);
            there.Decide(0.8);
        }

        Assert.Equal(1, here.Look(0.5).Quantile);
        here.Share([there.Save()]);
        Assert.Equal(0.5, here.Look(0.5).Quantile);
        here.Share([]);
        Assert.Equal(1, here.Look(0.5).Quantile);
    }

    private static IEnumerable<double> Replay(string order)
    {
        var random = new Random(7);
        return order switch
        {
            "shuffled" => Many(_ => random.NextDouble()),
            "rising" => Many(i => i / (double)Requests),
            "falling" => Many(i => 1 - (i / (double)Requests)),
            "blocks" => Many(i => (((i / 700) * 5 % 8) / 8.0) + (0.1 * random.NextDouble())),
            "alternating" => Many(i => i % 2 == 0 ? 0.1 + (0.01 * random.NextDouble()) : 0.9),
            "equal" => Many(_ => 0.5),
            "two values" => Many(_ => random.NextDouble() < 0.32 ? 1 : 0),
            _ => Many(i => 0.5 + (0.4 * Math.Sin(i / 150.0)) + (0.1 * random.NextDouble())),
        };

        static IEnumerable<double> Many(Func<int, double> score) => Enumerable.Range(0, Requests).Select(score);
    }
}
