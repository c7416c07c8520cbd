using System.Net;
using Gateway.Configuration;
using Gateway.Simulator;

namespace Gateway.Tests.Running.Cascade;

/// <summary>Prompts near the line, which both pools are asked about at once.</summary>
public sealed class HedgeTests
{
    private const string Good = "The capital of France is Paris, which lies on the Seine.";
    private const string Weak = "I'm sorry, but I can't help with that.";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Both_pools_are_asked_at_once_and_a_good_small_answer_aborts_the_large_one(bool stream)
    {
        var model = $"hedged-small-{stream}";
        await using var gateway = await StartAsync(model);
        gateway.Slm[0].Faults.Always = Fault.SlowFirstToken(TimeSpan.FromMilliseconds(500));
        gateway.Llm[0].Faults.Always = Fault.SlowFirstToken(TimeSpan.FromSeconds(60));
        var pending = gateway.ChatAsync(Ask.Chat(stream, model, more: JudgingGateway.Script(Good)));
        await CallerTests.UntilAsync(() => gateway.Slm[0].Running == 1 && gateway.Llm[0].Running == 1);
        using var response = await pending;
        Assert.Equal("slm", ChatTests.Header(response, "x-gateway-pool"));
        Assert.Equal("1", ChatTests.Header(response, "x-gateway-attempts"));
        Assert.Matches(@"; hedged; verified 0\.\d\d$", JudgingGateway.Route(response));
        await CallerTests.UntilAsync(() => gateway.Llm[0].Running == 0);
        if (stream)
            Assert.Equal(Good, (await Events.ReadAsync(response)).Text);
        else
            Assert.Contains(Good, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await AssertWonAsync(gateway, model, "small");
        Assert.Single(JudgingGateway.Sent(gateway.Llm[0]));
        // At least the prompt at 10 USD a million.
        Assert.True(await JudgingGateway.MetricAsync(gateway, $"gateway_cascade_probe_cost_usd_total{{model=\"{model}\"}}") >= 10e-6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task In_place_of_a_weak_small_answer_the_large_one_that_is_under_way_is_shown(bool stream)
    {
        var model = $"hedged-large-{stream}";
        await using var gateway = await StartAsync(model);
        gateway.Slm[0].Faults.Always = Fault.SlowFirstToken(TimeSpan.FromMilliseconds(500));
        var pending = gateway.ChatAsync(Ask.Chat(stream, model, more: JudgingGateway.Script(Weak)));
        await CallerTests.UntilAsync(() => gateway.Slm[0].Running == 1 && JudgingGateway.Sent(gateway.Llm[0]).Count == 1);
        using var response = await pending;
        Assert.Equal("llm", ChatTests.Header(response, "x-gateway-pool"));
        Assert.Equal("2", ChatTests.Header(response, "x-gateway-attempts"));
        Assert.EndsWith("; hedged; escalated: refusal", JudgingGateway.Route(response), StringComparison.Ordinal);
        Assert.Contains("zai-org/GLM-5-FP8", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await AssertWonAsync(gateway, model, "large");
        Assert.Single(JudgingGateway.Sent(gateway.Llm[0]));
        Assert.Equal(1, await JudgingGateway.MetricAsync(gateway, $"gateway_escalations_total{{model=\"{model}\",cause=\"refusal\"}}"));
    }

    /// <summary>The large stream's first token comes long before the verdict; that it is then not read is no silence of its replica.</summary>
    [Fact]
    public async Task A_large_stream_that_waits_for_the_verdict_is_not_timed_out()
    {
        var slow = new SimulatorOptions { Performance = PerformanceModel.Paced(TimeSpan.FromMilliseconds(25)) };
        await using var gateway = await StartAsync(
            "hedged-waits", replica: slow, pool: pool => pool with { Timeouts = pool.Timeouts with { FirstToken = TimeSpan.FromMilliseconds(400) } });
        using var response = await gateway.ChatAsync(
            Ask.Chat(true, "hedged-waits", more: "\"max_tokens\":2000,\"vllm_xargs\":{\"sim_tokens\":80,\"sim_confidence\":0.2}"));
        Assert.Equal("llm", ChatTests.Header(response, "x-gateway-pool"));
        Assert.Equal("2", ChatTests.Header(response, "x-gateway-attempts"));
        Assert.True((await Events.ReadAsync(response)).IsDone);
        await AssertWonAsync(gateway, "hedged-waits", "large");
        Assert.Single(JudgingGateway.Sent(gateway.Llm[0]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_large_pool_that_fails_leaves_the_small_answer(bool stream)
    {
        var model = $"hedged-fails-{stream}";
        await using var gateway = await StartAsync(model);
        gateway.Slm[0].Faults.Always = Fault.SlowFirstToken(TimeSpan.FromMilliseconds(300));
        gateway.Llm[0].Faults.Always = Fault.Status(500);
        using var good = await gateway.ChatAsync(Ask.Chat(stream, model, more: JudgingGateway.Script(Good)));
        Assert.Equal("slm", ChatTests.Header(good, "x-gateway-pool"));
        Assert.Equal("2", ChatTests.Header(good, "x-gateway-attempts"));
        using var weak = await gateway.ChatAsync(Ask.Chat(stream, model, more: JudgingGateway.Script(Weak)));
        Assert.Equal(HttpStatusCode.OK, weak.StatusCode);
        Assert.Equal("slm", ChatTests.Header(weak, "x-gateway-pool"));
        Assert.EndsWith("the weak answer is shown", JudgingGateway.Route(weak), StringComparison.Ordinal);
        await good.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        await weak.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        await CallerTests.UntilAsync(() => InFlight(gateway) == 0);
        Assert.Equal(2, JudgingGateway.Sent(gateway.Llm[0]).Count);
    }

    [Theory]
    [InlineData("status=500", false)]
    [InlineData("reset", false)]
    [InlineData("status=500", true)]
    [InlineData("cut-after=3", true)]
    public async Task A_small_pool_that_fails_leaves_the_large_answer(string fault, bool stream)
    {
        var model = $"hedged-left-{fault}-{stream}";
        await using var gateway = await StartAsync(model);
        gateway.Slm[0].Faults.Always = Fault.Parse(fault);
        gateway.Llm[0].Faults.Always = Fault.SlowFirstToken(TimeSpan.FromMilliseconds(300));
        using var response = await gateway.ChatAsync(Ask.Chat(stream, model, more: JudgingGateway.Script(Good)));
        Assert.Equal("llm", ChatTests.Header(response, "x-gateway-pool"));
        Assert.EndsWith("; hedged", JudgingGateway.Route(response), StringComparison.Ordinal);
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        await AssertWonAsync(gateway, model, "large");
        Assert.Single(JudgingGateway.Sent(gateway.Llm[0]));
    }

    [Fact]
    public async Task When_both_fail_the_small_pools_other_replica_is_asked()
    {
        await using var gateway = await StartAsync("hedged-both", slm: 2);
        gateway.Llm[0].Faults.Always = Fault.Status(500);
        gateway.Slm[0].Faults.Always = Fault.Status(500);
        gateway.Slm[1].Faults.Always = Fault.Status(500);
        using var response = await gateway.ChatAsync(Ask.Chat(model: "hedged-both", more: JudgingGateway.Script(Good)));
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal("3", ChatTests.Header(response, "x-gateway-attempts"));
        await AssertWonAsync(gateway, "hedged-both", "none");
    }

    [Fact]
    public async Task Far_from_the_line_only_the_small_pool_is_asked()
    {
        await using var gateway = await StartAsync("hedged-far", margin: 0.01);
        using var response = await gateway.ChatAsync(Ask.Chat(model: "hedged-far", more: JudgingGateway.Script(Good)));
        Assert.Equal("slm", ChatTests.Header(response, "x-gateway-pool"));
        Assert.DoesNotContain("hedged", JudgingGateway.Route(response), StringComparison.Ordinal);
        Assert.Empty(JudgingGateway.Sent(gateway.Llm[0]));
    }

    [Fact]
    public async Task A_caller_who_leaves_ends_both_and_blames_nobody()
    {
        await using var gateway = await StartAsync("hedged-leaves");
        gateway.Slm[0].Faults.Always = gateway.Llm[0].Faults.Always = Fault.SlowFirstToken(TimeSpan.FromSeconds(60));
        using var leaving = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions")
        {
            Content = new StringContent(Ask.Chat(true, "hedged-leaves", more: JudgingGateway.Script(Good)), null, "application/json"),
        };
        var pending = gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leaving.Token);
        await CallerTests.UntilAsync(() => gateway.Slm[0].Running == 1 && gateway.Llm[0].Running == 1);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
        await CallerTests.UntilAsync(() => gateway.Slm[0].Running == 0 && gateway.Llm[0].Running == 0);
        Assert.Contains("outcome=caller_gone", await gateway.Log.RequestAsync(), StringComparison.Ordinal);
        await AssertWonAsync(gateway, "hedged-leaves", "none");
    }

    [Fact]
    public async Task A_hedge_takes_a_place_that_batch_traffic_may_have_and_gives_it_back()
    {
        await using var gateway = await StartAsync(
            "hedged-place", pool: pool => pool with { Admission = new AdmissionOptions { InFlightPerReplica = 2, BatchShare = 0.5 } });
        gateway.Slm[0].Faults.Always = gateway.Llm[0].Faults.Always = Fault.SlowFirstToken(TimeSpan.FromMilliseconds(500));
        var gate = gateway.Live.Current.Upstreams.Single(upstream => upstream.Pool.Name == "llm").Gate;
        var hedged = gateway.ChatAsync(Ask.Chat(model: "hedged-place", more: JudgingGateway.Script(Good)));
        await CallerTests.UntilAsync(() => gate.InFlight == 1);
        var unhedged = gateway.ChatAsync(Ask.Chat(model: "hedged-place", more: JudgingGateway.Script(Good)));
        await CallerTests.UntilAsync(() => JudgingGateway.Sent(gateway.Slm[0]).Count == 2);
        using var first = await hedged;
        using var second = await unhedged;
        Assert.Contains("; hedged", JudgingGateway.Route(first), StringComparison.Ordinal);
        Assert.DoesNotContain("hedged", JudgingGateway.Route(second), StringComparison.Ordinal);
        Assert.Single(JudgingGateway.Sent(gateway.Llm[0]));
        await CallerTests.UntilAsync(() => gate.InFlight == 0);
    }

    private static Task<GatewayApplication> StartAsync(
        string model, double margin = 1, SimulatorOptions? replica = null, Func<PoolOptions, PoolOptions>? pool = null, int slm = 1) =>
        JudgingGateway.StartAsync(model, new VerifyOptions { Hedge = new HedgeOptions { Margin = margin } }, replica, pool: pool, slm: slm);

    private static async Task AssertWonAsync(GatewayApplication gateway, string model, string won)
    {
        Assert.Equal(1, await JudgingGateway.MetricAsync(gateway, $"gateway_hedges_total{{model=\"{model}\",won=\"{won}\"}}"));
        Assert.Equal(0, InFlight(gateway));
        Assert.True(gateway.Replica(gateway.Llm[0]).Breaker.IsClosed);
    }

    private static int InFlight(GatewayApplication gateway) =>
        gateway.Slm.Concat(gateway.Llm).Sum(replica => gateway.Replica(replica).InFlight);
}
