using Gateway.Routing.Conversations;
using Gateway.Routing.Learning;

namespace Gateway.Routing.Tests.Learning;

public sealed class CanaryTests
{
    private static readonly CanarySettings Settings = new(50, TimeSpan.FromHours(1));
    private static readonly CorrectionHistory Trying = new CorrectionHistory { Current = 1 }.Try(2, now: 1000);

    [Fact]
    public void Waits_for_outcomes_or_for_the_end_of_its_time()
    {
        var few = Served(2, good: 8, bad: 2).Concat(Served(1, good: 80, bad: 20)).ToList();
        Assert.Equal(CanaryStep.Wait, Canary.Judge(Trying, few, Settings, now: 1100).Step);
        Assert.Equal(CanaryStep.Promote, Canary.Judge(Trying, few, Settings, now: 1000 + 3600).Step);
        Assert.Equal(CanaryStep.Promote, Canary.Judge(Trying, [], Settings, now: 1000 + 3600).Step);
    }

    [Theory]
    [InlineData(40, 10, CanaryStep.Promote)]
    [InlineData(45, 5, CanaryStep.Promote)]
    [InlineData(38, 12, CanaryStep.Promote)]
    [InlineData(34, 16, CanaryStep.RollBack)]
    [InlineData(10, 40, CanaryStep.RollBack)]
    public void Is_promoted_unless_it_served_worse_than_chance_explains(int good, int bad, CanaryStep step)
    {
        var outcomes = Served(2, good, bad).Concat(Served(1, good: 400, bad: 100));
        Assert.Equal(step, Canary.Judge(Trying, outcomes, Settings, now: 1100).Step);
    }

    [Fact]
    public void A_clear_failure_ends_a_trial_before_its_time()
    {
        var outcomes = Served(2, good: 2, bad: 10).Concat(Served(1, good: 400, bad: 100));
        Assert.Equal(CanaryStep.RollBack, Canary.Judge(Trying, outcomes, Settings, now: 1100).Step);
    }

    [Fact]
    public void Only_outcomes_since_the_trial_began_count()
    {
        var before = Served(2, good: 0, bad: 60).Select(outcome => outcome with { At = 999 });
        Assert.StartsWith("0.000 of 0 against", Canary.Judge(Trying, before, Settings, now: 1100).Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_as_good_as_the_old_one_is_promoted_nine_times_in_ten()
    {
        var chance = new Random(11);
        var promoted = 0;
        for (var i = 0; i < 400; i++)
        {
            var outcomes = Draw(2, 50, 0.8, chance).Concat(Draw(1, 500, 0.8, chance));
            promoted += Canary.Judge(Trying, outcomes, Settings, now: 1100).Step == CanaryStep.Promote ? 1 : 0;
        }

        Assert.InRange(promoted, 400 * 0.84, 400 * 0.96);
    }

    [Fact]
    public void A_candidate_decides_for_its_share_of_conversations_and_for_all_their_turns()
    {
        var candidate = CorrectionFit.Fit(Some.Artefact, Some.Workload(100, new Random(12))).Correction!;
        var arms = new Arms(null, candidate, 0.1);
        var chance = new Random(13);
        var keys = Enumerable.Range(0, 5000).Select(_ => new ConversationKey((ulong)chance.NextInt64())).ToList();
        Assert.InRange(keys.Count(key => arms.Of(key) == candidate), 400, 600);
        Assert.All(keys, key => Assert.Same(arms.Of(key), arms.Of(key)));
        Assert.Null(arms.Of(null));
    }

    private static IEnumerable<Outcome> Served(uint version, int good, int bad) =>
        Enumerable.Range(0, good + bad).Select(index => Some.Outcome((ulong)index, OutcomeKind.Feedback, small: index < good ? 1 : 0, at: 1050, version: version));

    private static List<Outcome> Draw(uint version, int count, double mean, Random chance) =>
        [.. Enumerable.Range(0, count).Select(_ => Some.Outcome(1, OutcomeKind.Feedback, small: chance.NextDouble() < mean ? 1 : 0, at: 1050, version: version))];
}
