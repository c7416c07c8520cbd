using System.Text.Json;
using Gateway.Configuration;
using Gateway.Simulator;

namespace Gateway.Tests.Running.Cascade;

/// <summary>Answers that are judged and shown: what the caller sees, and when.</summary>
public sealed class VerifiedAnswerTests
{
    private const string Long = "The capital of France is Paris, which lies on the Seine and has been the seat of its government for many centuries by now.";
    private static readonly SimulatorOptions Slow = new() { Performance = PerformanceModel.Paced(TimeSpan.FromMilliseconds(25)) };

    [Theory]
    [InlineData(false, Long)]
    [InlineData(true, Long)]
    [InlineData(true, "Paris.")]
    public async Task A_good_answer_arrives_whole_and_without_the_probabilities_nobody_asked_for(bool stream, string text)
    {
        var model = $"good-{stream}-{text.Length}";
        await using var gateway = await JudgingGateway.StartAsync(model);
        using var response = await gateway.ChatAsync(Ask.Chat(stream, model, more: JudgingGateway.Script(text)));
        Assert.Equal("slm", ChatTests.Header(response, "x-gateway-pool"));
        Assert.Matches(@"; verified 0\.\d\d$", JudgingGateway.Route(response));
        Assert.Equal(text, await TextAsync(response, stream, choice => Assert.Equal(JsonValueKind.Null, choice.GetProperty("logprobs").ValueKind)));
        Assert.Contains(""","logprobs":true,"top_logprobs":2,""", JudgingGateway.Sent(gateway.Slm[0])[0], StringComparison.Ordinal);
        Assert.Equal(1, await JudgingGateway.MetricAsync(gateway, $"gateway_cascade_verified_total{{model=\"{model}\",verdict=\"shown\"}}"));
        Assert.Equal(0, await JudgingGateway.MetricAsync(gateway, $"gateway_cascade_probe_cost_usd_total{{model=\"{model}\"}}"));
    }

    /// <summary>Asking for log-probabilities makes vLLM send chunks it would not send otherwise; those stay here too.</summary>
    [Fact]
    public async Task A_judged_stream_is_the_stream_that_would_have_come_unjudged()
    {
        const string Thinking = "\"vllm_xargs\":{\"sim_answer\":\"Paris it is.\",\"sim_reasoning\":\"Let me think.\",\"sim_confidence\":0.95}";
        await using var judged = await JudgingGateway.StartAsync("same-judged");
        await using var plain = await JudgingGateway.StartAsync("same-plain", new VerifyOptions { Logprobs = false, Checks = [] });
        using var one = await judged.ChatAsync(Ask.Chat(true, "same-judged", more: Thinking), ("X-Request-Id", "same"));
        using var other = await plain.ChatAsync(Ask.Chat(true, "same-plain", more: Thinking), ("X-Request-Id", "same"));
        static string Bare(string payload) => payload == "[DONE]" ? payload : JsonSerializer.Serialize(JsonDocument.Parse(payload).RootElement.GetProperty("choices"));
        Assert.Equal((await Events.ReadAsync(other)).Payloads.Select(Bare), (await Events.ReadAsync(one)).Payloads.Select(Bare));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_caller_that_asks_for_the_probabilities_gets_its_own(bool stream)
    {
        await using var gateway = await JudgingGateway.StartAsync($"asks-{stream}");
        var body = Ask.Chat(stream, $"asks-{stream}", more: JudgingGateway.Script(Long, more: ",\"logprobs\":true,\"top_logprobs\":1"));
        using var response = await gateway.ChatAsync(body);
        Assert.Matches(@"; verified 0\.\d\d$", JudgingGateway.Route(response));
        var tokens = 0;
        await TextAsync(response, stream, choice =>
        {
            if (choice.GetProperty("logprobs") is not { ValueKind: JsonValueKind.Object } logprobs)
                return;
            Assert.All(logprobs.GetProperty("content").EnumerateArray(), token => Assert.Equal(1, token.GetProperty("top_logprobs").GetArrayLength()));
            tokens += logprobs.GetProperty("content").GetArrayLength();
        });
        Assert.True(tokens > 20, $"{tokens} tokens");
        Assert.DoesNotContain("\"top_logprobs\":2", JudgingGateway.Sent(gateway.Slm[0])[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callers_mistake_about_probabilities_stays_its_own()
    {
        await using var gateway = await JudgingGateway.StartAsync("mistake");
        using var response = await gateway.ChatAsync(Ask.Chat(model: "mistake", more: "\"top_logprobs\":3"));
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("top_logprobs", (await ChatTests.ErrorAsync(response)).GetProperty("param").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_good_tool_call_is_held_whole_and_leaves_as_it_came(bool stream)
    {
        await using var gateway = await JudgingGateway.StartAsync($"call-{stream}", new VerifyOptions { Tokens = 1 });
        using var response = await gateway.ChatAsync(Ask.Chat(stream, $"call-{stream}", more: JudgingGateway.Call("weather", """{"city":"Seoul","days":3}""")));
        Assert.Equal("slm", ChatTests.Header(response, "x-gateway-pool"));
        var arguments = "";
        await TextAsync(response, stream, choice =>
        {
            if (choice.GetProperty(stream ? "delta" : "message").TryGetProperty("tool_calls", out var calls)
                && calls[0].GetProperty("function").TryGetProperty("arguments", out var part))
                arguments += part.GetString();
        });
        Assert.Equal("""{"city":"Seoul","days":3}""", arguments);
    }

    /// <summary>A flaw at the very end of a call, or of JSON, far behind the tokens that are held otherwise.</summary>
    [Theory]
    [InlineData("call")]
    [InlineData("json")]
    public async Task What_must_be_judged_whole_is_held_beyond_the_tokens(string form)
    {
        var city = string.Concat(Enumerable.Repeat("a very long name ", 20));
        await using var gateway = await JudgingGateway.StartAsync($"far-{form}", new VerifyOptions { Tokens = 2 });
        var more = form == "call"
            ? JudgingGateway.Call("weather", $$"""{"city":"{{city}}","mood":1}""")
            : JudgingGateway.Script($$"""{"city":"{{city}}" """, more: ",\"response_format\":{\"type\":\"json_object\"}");
        using var response = await gateway.ChatAsync(Ask.Chat(true, $"far-{form}", more: more));
        Assert.Equal("llm", ChatTests.Header(response, "x-gateway-pool"));
    }

    [Fact]
    public async Task Reasoning_counts_among_the_tokens_that_are_judged()
    {
        await using var gateway = await JudgingGateway.StartAsync("thought", new VerifyOptions { Tokens = 8 }, Slow);
        var thought = string.Concat(Enumerable.Repeat("let me see what there is to it ", 8));
        using var response = await gateway.ChatAsync(
            Ask.Chat(true, "thought", more: $"\"vllm_xargs\":{{\"sim_reasoning\":\"{thought}\",\"sim_answer\":\"Paris.\",\"sim_confidence\":0.95}}"));
        Assert.Equal("slm", ChatTests.Header(response, "x-gateway-pool"));
        // It was released within its thought: the answer's text has not been generated yet.
        Assert.Equal(1, gateway.Slm[0].Running);
    }

    [Fact]
    public async Task The_stream_is_released_at_once_when_its_tokens_are_judged()
    {
        await using var gateway = await JudgingGateway.StartAsync("released", new VerifyOptions { Tokens = 8 }, Slow);
        using var response = await gateway.ChatAsync(Ask.Chat(true, "released", more: "\"vllm_xargs\":{\"sim_tokens\":200,\"sim_confidence\":0.95}"));
        Assert.Equal(1, gateway.Slm[0].Running);
        var hold = await Events.ReadAsync(response);
        Assert.True(hold.IsDone);
        // 8 tokens at 25 ms, the first of which is not held.
        Assert.InRange(await JudgingGateway.MetricAsync(gateway, "gateway_cascade_hold_seconds_sum{model=\"released\"}"), 0.1, 2);
    }

    [Fact]
    public async Task A_long_hold_is_bridged_with_comments_and_the_verdict_follows_in_one()
    {
        var slow = new SimulatorOptions { Performance = PerformanceModel.Paced(TimeSpan.FromMilliseconds(60)) };
        await using var gateway = await JudgingGateway.StartAsync(
            "bridged", new VerifyOptions { Tokens = 16 }, slow, heartbeat: TimeSpan.FromMilliseconds(200));
        using var response = await gateway.ChatAsync(Ask.Chat(true, "bridged", more: JudgingGateway.Script(Long)));
        Assert.False(response.Headers.Contains("x-gateway-pool"));
        var events = await Events.ReadAsync(response);
        Assert.True(events.Comments.Count(comment => comment == ": keep-alive") >= 2, string.Join('\n', events.Comments));
        Assert.Contains(events.Comments, comment => comment.StartsWith(": x-gateway-pool slm", StringComparison.Ordinal) && comment.Contains("; verified 0.", StringComparison.Ordinal));
        Assert.Equal(Long, events.Text);
    }

    [Fact]
    public async Task A_caller_who_leaves_while_the_answer_is_held_ends_it_upstream_and_blames_nobody()
    {
        await using var gateway = await JudgingGateway.StartAsync("leaves", new VerifyOptions { Tokens = 4000 }, Slow);
        using var leaving = new CancellationTokenSource();
        var body = Ask.Chat(true, "leaves", more: "\"vllm_xargs\":{\"sim_tokens\":3000,\"sim_confidence\":0.95}");
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions") { Content = new StringContent(body, null, "application/json") };
        var pending = gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leaving.Token);
        await CallerTests.UntilAsync(() => gateway.Slm[0].Running == 1);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
        await CallerTests.UntilAsync(() => gateway.Slm[0].Running == 0);
        Assert.Contains("outcome=caller_gone", await gateway.Log.RequestAsync(), StringComparison.Ordinal);
        Assert.Empty(JudgingGateway.Sent(gateway.Llm[0]));
        Assert.Equal(0, gateway.Replica(gateway.Slm[0]).InFlight);
        Assert.True(gateway.Replica(gateway.Slm[0]).Breaker.IsClosed);
    }

    [Fact]
    public async Task Several_choices_are_not_judged_and_the_header_says_so()
    {
        await using var gateway = await JudgingGateway.StartAsync("several");
        using var response = await gateway.ChatAsync(Ask.Chat(model: "several", more: JudgingGateway.Script("", more: ",\"n\":2")));
        Assert.EndsWith("; not verified: n > 1", JudgingGateway.Route(response), StringComparison.Ordinal);
        Assert.DoesNotContain("logprobs", JudgingGateway.Sent(gateway.Slm[0])[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Below_the_line_the_checks_decide_alone()
    {
        await using var gateway = await JudgingGateway.StartAsync("below", new VerifyOptions { Above = 1 });
        using var unsure = await gateway.ChatAsync(Ask.Chat(model: "below", more: JudgingGateway.Script("Paris.", confidence: 0.2)));
        Assert.EndsWith("; verified", JudgingGateway.Route(unsure), StringComparison.Ordinal);
        Assert.DoesNotContain("logprobs", JudgingGateway.Sent(gateway.Slm[0])[0], StringComparison.Ordinal);
        using var empty = await gateway.ChatAsync(Ask.Chat(model: "below", more: JudgingGateway.Script("")));
        Assert.Equal("llm", ChatTests.Header(empty, "x-gateway-pool"));
    }

    [Fact]
    public async Task A_prompt_that_goes_straight_up_is_not_judged()
    {
        await using var gateway = await GatewayApplication.StartAsync(slm: 1, options: options => options with
        {
            Models = new Dictionary<string, ModelOptions>
            {
                ["auto"] = new() { Cascade = new CascadeOptions { Pools = ["slm", "llm"], Threshold = 0 }, Verify = new VerifyOptions() },
            },
        });
        using var response = await gateway.ChatAsync(Ask.Chat(more: JudgingGateway.Script("")));
        Assert.Equal("llm", ChatTests.Header(response, "x-gateway-pool"));
        Assert.DoesNotContain("verified", JudgingGateway.Route(response), StringComparison.Ordinal);
        Assert.DoesNotContain("logprobs", JudgingGateway.Sent(gateway.Llm[0])[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cost_of_a_given_up_answer_is_part_of_the_requests()
    {
        await using var gateway = await JudgingGateway.StartAsync("costs");
        using var good = await gateway.ChatAsync(Ask.Chat(model: "costs", more: JudgingGateway.Script("Paris is the answer to that.")));
        using var weak = await gateway.ChatAsync(Ask.Chat(model: "costs", more: JudgingGateway.Script("I'm sorry, but I can't help.")));
        using var answer = JsonDocument.Parse(await weak.Content.ReadAsStringAsync());
        var usage = answer.RootElement.GetProperty("usage");
        var (prompt, completion) = (usage.GetProperty("prompt_tokens").GetInt32(), usage.GetProperty("completion_tokens").GetInt32());
        // Both pools say the same, the large one at ten times the price.
        Assert.Equal(11 * (prompt + (2 * completion)) / 1_000_000m, decimal.Parse(ChatTests.Header(weak, "x-gateway-cost-usd"), System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>The answer's text; <paramref name="look"/> sees every choice of every chunk.</summary>
    private static async Task<string> TextAsync(HttpResponseMessage response, bool stream, Action<JsonElement> look)
    {
        if (stream)
        {
            var events = await Events.ReadAsync(response);
            Assert.True(events.IsDone);
            foreach (var choice in events.Chunks.SelectMany(chunk => chunk.GetProperty("choices").EnumerateArray()))
                look(choice);
            return events.Text;
        }

        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var only = answer.RootElement.GetProperty("choices")[0];
        look(only);
        return only.GetProperty("message").GetProperty("content").GetString() ?? "";
    }
}
