using Gateway.Routing.Cascade;
using Gateway.Routing.Complexity;

namespace Gateway.Routing.Tests.Cascade;

public sealed class CascadeRouterTests
{
    private static readonly Pool Slm = A.Pool("slm", 1000);
    private static readonly Pool Mid = A.Pool("mid", 4000);
    private static readonly Pool Llm = A.Pool("llm", 8000);
    private static readonly Pool Overflow = A.Pool("overflow");
    private static readonly ModelRoute Auto = new("auto", [Slm, Mid, Llm], 0.5, [Overflow]);

    [Theory]
    [InlineData(0.49, "slm mid llm overflow")]
    [InlineData(0.5, "llm overflow mid slm")]
    public void The_score_says_where_the_cascade_starts_and_smaller_pools_come_last(double score, string pools) =>
        Assert.Equal(pools, Names(new CascadeRouter(new FixedScorer(score)).Plan(Auto, new Prompt())));

    [Fact]
    public void Says_score_threshold_and_features()
    {
        var plan = new CascadeRouter(new FixedScorer(0.7)).Plan(Auto, new Prompt());
        Assert.Equal("complexity 0.700 >= 0.5 (+code -lookup)", plan.Reason);
        Assert.Equal(0.7, plan.Score);
    }

    [Fact]
    public void One_pool_is_not_scored()
    {
        var plan = new CascadeRouter(new FixedScorer(0.7)).Plan(new ModelRoute("glm", [Llm], 1, [Overflow]), new Prompt());
        Assert.Null(plan.Score);
        Assert.Equal("llm overflow", Names(plan));
    }

    [Fact]
    public void Leaves_out_pools_that_the_prompt_would_overflow()
    {
        var plan = new CascadeRouter(new FixedScorer(0.1)).Plan(Auto, new Prompt { EstimatedTokens = 5000 });
        Assert.Equal("llm overflow", Names(plan));
        Assert.EndsWith("; ~5000 tokens exceed slm", plan.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_the_order_when_no_pool_would_be_left()
    {
        var route = new ModelRoute("auto", [Slm, Llm], 0.5, []);
        var plan = new CascadeRouter(new FixedScorer(0.1)).Plan(route, new Prompt { EstimatedTokens = 50_000 });
        Assert.Equal("slm llm", Names(plan));
    }

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
