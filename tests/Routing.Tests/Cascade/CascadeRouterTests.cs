using Gateway.Routing.Cascade;
using Gateway.Routing.Complexity;
using Gateway.Routing.Conversations;
using Gateway.Routing.Thresholds;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Routing.Tests.Cascade;

public sealed class CascadeRouterTests
{
    private static readonly Pool Slm = A.Pool("slm", 1000);
    private static readonly Pool Mid = A.Pool("mid", 4000);
    private static readonly Pool Llm = A.Pool("llm", 8000);
    private static readonly Pool Overflow = A.Pool("overflow");
    private static readonly ConversationKey Talk = new(42);

    private readonly CascadeRouter _router = new(new ConversationMemory(new FakeTimeProvider(), 64));

    [Theory]
    [InlineData(0.49, "slm mid llm overflow")]
    [InlineData(0.5, "llm overflow mid slm")]
    public void The_score_says_where_the_cascade_starts_and_smaller_pools_come_last(double score, string pools) =>
        Assert.Equal(pools, Names(_router.Plan(Auto(score), new Prompt())));

    [Fact]
    public void Says_score_threshold_and_features()
    {
        var plan = _router.Plan(Auto(0.7), new Prompt());
        Assert.Equal("complexity 0.700 >= 0.5 (+code -lookup)", plan.Reason);
        Assert.Equal(0.7, plan.Score);
    }

    [Fact]
    public void Says_the_quantile_where_a_share_is_held()
    {
        float[] even = [.. Enumerable.Range(0, 101).Select(i => i / 100f)];
        var plan = _router.Plan(Auto(0.9, new ShareThreshold(new FixedShare(0.3), 2, even)), new Prompt());
        Assert.Equal("complexity 0.900, quantile 0.90 >= 0.70 (+code -lookup)", plan.Reason);
        Assert.Equal(0.9, plan.Quantile!.Value, 0.02);
    }

    [Fact]
    public void One_pool_is_not_scored()
    {
        var plan = _router.Plan(new ModelRoute("glm", [Llm], [Overflow]), new Prompt());
        Assert.Null(plan.Score);
        Assert.Equal("llm overflow", Names(plan));
    }

    [Fact]
    public void Leaves_out_pools_that_the_prompt_would_overflow()
    {
        var plan = _router.Plan(Auto(0.1), new Prompt { EstimatedTokens = 5000 });
        Assert.Equal("llm overflow", Names(plan));
        Assert.EndsWith("; ~5000 tokens exceed slm", plan.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_the_order_when_no_pool_would_be_left()
    {
        var route = new ModelRoute("auto", [Slm, Llm], [], Choice(0.1));
        Assert.Equal("slm llm", Names(_router.Plan(route, new Prompt { EstimatedTokens = 50_000 })));
    }

    [Fact]
    public void Housekeeping_starts_small_and_is_not_scored()
    {
        var plan = _router.Plan(Auto(0.9), new Prompt { Kind = AskKind.Housekeeping });
        Assert.Equal(("slm", null), (plan.Pools[0].Name, plan.Score));
    }

    [Fact]
    public void A_stuck_agent_starts_large()
    {
        var plan = _router.Plan(Auto(0.1), new Prompt { Kind = AskKind.Stuck });
        Assert.Equal("llm", plan.Pools[0].Name);
        Assert.EndsWith("; the agent is stuck", plan.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.45, "llm", "; the conversation stays")]
    [InlineData(0.2, "slm", "(+code -lookup)")]
    public void A_conversation_comes_down_only_well_below_the_bar(double score, string pool, string reason)
    {
        Assert.Equal("slm", _router.Plan(Auto(0.45), new Prompt(), Talk).Pools[0].Name);
        Assert.Equal("llm", _router.Plan(Auto(0.6), new Prompt(), Talk).Pools[0].Name);
        var plan = _router.Plan(Auto(score), new Prompt(), Talk);
        Assert.Equal(pool, plan.Pools[0].Name);
        Assert.EndsWith(reason, plan.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_escalated_conversation_goes_on_where_it_was_answered()
    {
        _router.Plan(Auto(0.45), new Prompt(), Talk);
        _router.NoteEscalation(Auto(0.45), Llm, Talk);
        Assert.Equal("llm", _router.Plan(Auto(0.45), new Prompt(), Talk).Pools[0].Name);
    }

    [Theory]
    [InlineData(0.44, false)]
    [InlineData(0.45, true)]
    [InlineData(0.49, true)]
    [InlineData(0.5, false)]
    public void Only_a_score_just_below_the_bar_asks_both_pools(double score, bool hedges) =>
        Assert.Equal(hedges, _router.Plan(Hedged(score), new Prompt()).Hedges);

    [Theory]
    [InlineData(0.6, false)]
    [InlineData(0.68, true)]
    [InlineData(0.75, false)]
    public void Where_a_share_is_held_the_margin_is_in_quantile_points(double score, bool hedges)
    {
        float[] even = [.. Enumerable.Range(0, 101).Select(i => i / 100f)];
        Assert.Equal(hedges, _router.Plan(Hedged(score, new ShareThreshold(new FixedShare(0.3), 2, even)), new Prompt()).Hedges);
    }

    [Fact]
    public void A_share_that_is_spent_is_not_spent_on_hedges()
    {
        float[] low = [.. Enumerable.Range(0, 101).Select(i => i / 1000f)];
        var spent = new ShareThreshold(new FixedShare(0.3), 2, low);
        for (var i = 0; i < 40; i++)
            spent.NoteEscalation();
        var plan = _router.Plan(Hedged(0.9, spent), new Prompt());
        Assert.Contains("large share spent", plan.Reason, StringComparison.Ordinal);
        Assert.False(plan.Hedges);
    }

    [Fact]
    public void Without_a_margin_nothing_is_hedged() => Assert.False(_router.Plan(Auto(0.49), new Prompt()).Hedges);

    [Fact]
    public void A_prompt_that_overflows_the_small_pool_is_not_hedged() =>
        Assert.False(_router.Plan(Hedged(0.49), new Prompt { EstimatedTokens = 2000 }).Hedges);

    private static ModelRoute Hedged(double score, IThreshold? threshold = null) =>
        new("auto", [Slm, Mid, Llm], [Overflow], Choice(score, threshold) with { Verify = new VerifySettings(32, [], true, 0.5) { HedgeMargin = 0.05 } });

    private static ModelRoute Auto(double score, IThreshold? threshold = null) => new("auto", [Slm, Mid, Llm], [Overflow], Choice(score, threshold));

    private static CascadeChoice Choice(double score, IThreshold? threshold = null) => new(new FixedScorer(score), threshold ?? new FixedThreshold(0.5));

    private static string Names(RoutePlan plan) => string.Join(' ', plan.Pools.Select(pool => pool.Name));

    private sealed class FixedScorer(double score) : IComplexityScorer
    {
        public ComplexityScore Score(in Prompt prompt)
        {
            var top = default(ComplexityScore.TopFeatures);
            top.Offer(new ComplexityScore.Feature("lookup", -0.3f));
            top.Offer(new ComplexityScore.Feature("code", 0.9f));
            return new ComplexityScore(score, top);
        }
    }
}
