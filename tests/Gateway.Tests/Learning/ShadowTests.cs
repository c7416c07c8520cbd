using Gateway.Configuration;
using Gateway.Learning.Shadows;
using Gateway.Simulator;
using Gateway.Tests.Running;

namespace Gateway.Tests.Learning;

public sealed class ShadowTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_other_pool_is_asked_after_the_answer_and_compared(bool stream)
    {
        await using var gateway = await LearningGateway.StartAsync(
            learning => learning with { Shadow = new ShadowOptions { Share = 1 } }, pool: pool => pool with { Price = new PriceOptions { Input = 1, Output = 1 } });
        var (_, pool) = await gateway.AskAsync(Ask.Easy, stream, "\"max_tokens\":6,\"zzz\":1");
        var learned = await gateway.UntilAsync(learned => LearningGateway.Count(learned, "disagreement") == 1);
        var other = (pool == "slm" ? gateway.Gateway.Llm : gateway.Gateway.Slm)[0];
        var sent = other.Received.Single(request => request.Path == "/v1/chat/completions");
        var body = System.Text.Encoding.UTF8.GetString(sent.Body.Span);
        Assert.Contains("\"zzz\":1", body, StringComparison.Ordinal);
        Assert.Contains("\"stream\":false", body, StringComparison.Ordinal);
        Assert.DoesNotContain("stream_options", body, StringComparison.Ordinal);
        var metrics = await gateway.MetricsAsync();
        Assert.Contains($"gateway_shadow_cost_usd_total{{pool=\"{(pool == "slm" ? "llm" : "slm")}\"}}", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_judge_pool_scores_both()
    {
        await using var gateway = await LearningGateway.StartAsync(
            learning => learning with { Shadow = new ShadowOptions { Share = 1, Judge = "llm" } });
        await gateway.AskAsync(Ask.Easy);
        await gateway.UntilAsync(learned => LearningGateway.Count(learned, "judged") == 1);
    }

    [Fact]
    public async Task A_pool_outside_the_requests_group_is_not_asked()
    {
        await using var gateway = await LearningGateway.StartAsync(
            learning => learning with { Shadow = new ShadowOptions { Share = 1, Judge = "llm" } },
            pool: pool => pool with { Group = pool.Model == "Qwen/Qwen3-8B" ? "internal" : "provider" });
        using var response = await gateway.Gateway.ChatAsync(Ask.Chat(ask: Ask.Easy, more: "\"max_tokens\":4"), ("x-gateway-group", "internal"));
        Assert.Equal("slm", ChatTests.Header(response, "x-gateway-pool"));
        for (var i = 0; i < 200 && !(await gateway.MetricsAsync()).Contains("outcome=\"other_group\"", StringComparison.Ordinal); i++)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.Contains("outcome=\"other_group\"", await gateway.MetricsAsync(), StringComparison.Ordinal);
        Assert.Empty(gateway.Gateway.Llm[0].Received);
    }

    [Fact]
    public async Task A_busy_pool_is_left_alone_until_it_is_not()
    {
        await using var gateway = await LearningGateway.StartAsync(learning => learning with { Shadow = new ShadowOptions { Share = 1, BusyFrom = 2 } });
        var (slm, llm) = (gateway.Gateway.Slm[0], gateway.Gateway.Llm[0]);
        foreach (var replica in (SimulatedReplica[])[slm, slm, llm, llm])
            gateway.Gateway.Replica(replica).Enter();
        await gateway.AskAsync(Ask.Easy);
        for (var i = 0; i < 200 && !(await gateway.MetricsAsync()).Contains("outcome=\"busy\"", StringComparison.Ordinal); i++)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.Contains("outcome=\"busy\"", await gateway.MetricsAsync(), StringComparison.Ordinal);
        Assert.Equal(1, new[] { slm, llm }.Sum(replica => replica.Received.Count(request => request.Path == "/v1/chat/completions")));

        // One below the limit is not busy.
        gateway.Gateway.Replica(slm).Leave();
        gateway.Gateway.Replica(llm).Leave();
        await gateway.AskAsync(Ask.Easy);
        await gateway.UntilAsync(learned => LearningGateway.Count(learned, "disagreement") == 1);
    }

    [Fact]
    public async Task Nothing_is_asked_unless_it_is_switched_on()
    {
        await using var gateway = await LearningGateway.StartAsync();
        await gateway.AskAsync(Ask.Easy);
        await gateway.AskAsync(Ask.Easy, stream: true);
        await gateway.Gateway.Log.RequestAsync(2);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.Equal(2, gateway.Gateway.Slm.Concat(gateway.Gateway.Llm).Sum(replica => replica.Received.Count(request => request.Path == "/v1/chat/completions")));
    }

    [Fact]
    public async Task An_answer_that_broke_or_is_too_long_to_keep_is_not_compared()
    {
        await using var gateway = await LearningGateway.StartAsync(learning => learning with { Shadow = new ShadowOptions { Share = 1, MaxBytes = 1024 } });
        await gateway.AskAsync(Ask.Easy, stream: true, more: "\"vllm_xargs\":{\"sim_tokens\":60}");
        foreach (var replica in gateway.Gateway.Slm.Concat(gateway.Gateway.Llm))
            replica.Faults.Always = Fault.CutAfter(2);
        using var broken = await gateway.Gateway.ChatAsync(Ask.Chat(stream: true));
        await Events.ReadAsync(broken);
        await gateway.Gateway.Log.RequestAsync(2);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.Equal(2, gateway.Gateway.Slm.Concat(gateway.Gateway.Llm).Sum(replica => replica.Received.Count(request => request.Path == "/v1/chat/completions")));
    }

    [Theory]
    [InlineData("{\"a\": 3, \"b\": 10}", 0.3, 1.0)]
    [InlineData(" {\"b\":0,\"a\":10} ", 1.0, 0.0)]
    public void A_verdict_is_two_whole_numbers(string text, double first, double second)
    {
        var verdict = ShadowBody.ReadVerdict(text)!.Value;
        Assert.Equal((first, second), (Math.Round(verdict.First, 6), Math.Round(verdict.Second, 6)));
    }

    [Theory]
    [InlineData("A is better")]
    [InlineData("{\"a\": 3}")]
    [InlineData("{\"a\": 3, \"b\": 11}")]
    [InlineData("{\"a\": 3, \"b\": 1.5}")]
    [InlineData("{\"a\": 3, \"b\": 4, \"c\": 5}")]
    [InlineData("```{\"a\": 3, \"b\": 4}```")]
    public void Anything_else_is_no_verdict(string text) => Assert.Null(ShadowBody.ReadVerdict(text));

    [Fact]
    public void Tool_calls_are_read_alike_whole_and_in_pieces()
    {
        const string Whole = """{"choices":[{"message":{"content":null,"tool_calls":[{"id":"x","function":{"name":"f","arguments":"{\"a\": 1}"}}]}}]}""";
        const string Pieces = """
            data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"y","function":{"name":"f","arguments":"{\"a\""}}]}}]}

            data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}}]}

            data: [DONE]

            """;
        Assert.Equal("""[{"name":"f","arguments":{"a":1}}]""", AnswerText.Of(System.Text.Encoding.UTF8.GetBytes(Whole), isStream: false));
        Assert.Equal("""[{"name":"f","arguments":{"a":1}}]""", AnswerText.Of(System.Text.Encoding.UTF8.GetBytes(Pieces), isStream: true));
    }
}
