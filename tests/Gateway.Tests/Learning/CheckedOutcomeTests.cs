using Gateway.Configuration;
using Gateway.Learning;
using Gateway.Routing.Learning;
using Gateway.Tests.Running;
using Gateway.Tests.Running.Cascade;

namespace Gateway.Tests.Learning;

/// <summary>What is learned from checks of the small pool's answers.</summary>
public sealed class CheckedOutcomeTests
{
    private static readonly string Refusal = JudgingGateway.Script("I'm sorry, but I can't help with that.");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_escalation_becomes_an_outcome_and_feedback_after_it_still_counts(bool stream)
    {
        await using var gateway = await StartAsync();
        var (id, pool) = await gateway.AskAsync(Ask.Easy, stream, Refusal);
        Assert.Equal("llm", pool);
        var learned = await gateway.UntilAsync(learned => LearningGateway.Count(learned, "checked") == 1);
        Assert.Equal(0, LearningGateway.Count(learned, "feedback"));
        await gateway.ScoreAsync(id, 0.5);
        learned = await gateway.UntilAsync(learned => LearningGateway.Count(learned, "feedback") == 1);
        Assert.Equal(1, LearningGateway.Count(learned, "checked"));
    }

    [Fact]
    public async Task A_passed_check_becomes_one_only_where_its_request_is_drawn()
    {
        await using var gateway = await StartAsync();
        var ids = Enumerable.Range(0, 60).Select(i => $"req-pass-{i}").ToList();
        var drawn = ids.Count(id => Outcome.IsSampled(RequestMark.Of(id)));
        Assert.InRange(drawn, 1, 20);
        foreach (var id in ids)
        {
            using var response = await gateway.Gateway.ChatAsync(Ask.Chat(more: JudgingGateway.Script("The capital is Paris.")), ("X-Request-Id", id));
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal("slm", ChatTests.Header(response, "x-gateway-pool"));
            Assert.Contains("verified", JudgingGateway.Route(response), StringComparison.Ordinal);
        }

        // A rejection always does, and comes behind them all.
        await gateway.Gateway.Log.RequestAsync(ids.Count);
        await gateway.AskAsync(Ask.Easy, more: Refusal);
        await gateway.UntilAsync(learned => LearningGateway.Count(learned, "checked") == drawn + 1);
    }

    private static async Task<LearningGateway> StartAsync() =>
        new(await GatewayApplication.StartAsync(slm: 1, options: options => options with
        {
            Routing = options.Routing with { Scorer = "learned" },
            Models = new Dictionary<string, ModelOptions>
            {
                ["auto"] = new() { Cascade = new CascadeOptions { Pools = ["slm", "llm"], Threshold = 1 }, Verify = new VerifyOptions() },
            },
            Aliases = new Dictionary<string, string>(),
        }));
}
