using System.Net;
using System.Text.Json;
using Gateway.Configuration;
using Gateway.Simulator;

namespace Gateway.Tests.Running.Cascade;

/// <summary>Answers that are too weak to show, and what becomes of them.</summary>
public sealed class EscalationTests
{
    private const string Long = "The answer to this question takes a good many words, far more than are held back before it is judged, and then some more of them.";

    /// <summary>For each structural check an answer that it flags: the check, the request's members, the words in the header.</summary>
    public static TheoryData<string, string, string, bool> Weak
    {
        get
        {
            var rows = new TheoryData<string, string, string, bool>();
            foreach (var stream in (bool[])[false, true])
            {
                rows.Add("tool_unparsable", JudgingGateway.Call("weather", """{"city":"Seo"""), "tool call does not parse", stream);
                rows.Add("tool_unknown", JudgingGateway.Call("climate", """{"city":"Seoul"}"""), "function not offered", stream);
                rows.Add("tool_argument_missing", JudgingGateway.Call("weather", """{"days":3}"""), "tool argument missing", stream);
                rows.Add("tool_argument_invented", JudgingGateway.Call("weather", """{"city":"Seoul","mood":1}"""), "tool argument invented", stream);
                rows.Add("tool_argument_type", JudgingGateway.Call("weather", """{"city":7}"""), "tool argument of the wrong type", stream);
                rows.Add("json_invalid", JudgingGateway.Script("Here you are", more: ""","response_format":{"type":"json_object"}"""), "JSON does not validate", stream);
                rows.Add("empty", JudgingGateway.Script(" "), "empty answer", stream);
                rows.Add("refusal", JudgingGateway.Script("I'm sorry, but I can't help with that."), "refusal", stream);
                rows.Add("repetition", JudgingGateway.Script(string.Concat(Enumerable.Repeat("over and over again ", 20))), "degenerate repetition", stream);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Weak))]
    public async Task A_weak_answer_is_given_up_before_any_of_it_is_shown(string check, string more, string words, bool stream)
    {
        var model = $"weak-{check}-{stream}";
        await using var gateway = await JudgingGateway.StartAsync(model);
        using var response = await gateway.ChatAsync(Ask.Chat(stream, model, more: more));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("llm", ChatTests.Header(response, "x-gateway-pool"));
        Assert.Equal("2", ChatTests.Header(response, "x-gateway-attempts"));
        Assert.EndsWith($"; escalated: {words}", JudgingGateway.Route(response), StringComparison.Ordinal);
        await AssertComesFromAsync(response, stream, "zai-org/GLM-5-FP8");
        Assert.Equal(1, await JudgingGateway.MetricAsync(gateway, $"gateway_escalations_total{{model=\"{model}\",cause=\"{check}\"}}"));
        Assert.Equal(1, await JudgingGateway.MetricAsync(gateway, $"gateway_cascade_verified_total{{model=\"{model}\",verdict=\"escalated\"}}"));
        Assert.True(await JudgingGateway.MetricAsync(gateway, $"gateway_cascade_probe_cost_usd_total{{model=\"{model}\"}}") > 0);
        Assert.Equal(1, await JudgingGateway.MetricAsync(gateway, $"gateway_cascade_hold_seconds_count{{model=\"{model}\"}}"));
        Assert.True(gateway.Replica(gateway.Slm[0]).Breaker.IsClosed);
        Assert.Equal(0, gateway.Replica(gateway.Slm[0]).InFlight);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_that_ran_out_of_length_by_itself_is_given_up(bool stream)
    {
        await using var gateway = await JudgingGateway.StartAsync($"length-{stream}", replica: new SimulatorOptions { MaxModelLen = 40 });
        using var response = await gateway.ChatAsync(Ask.Chat(stream, $"length-{stream}", more: JudgingGateway.Script(Long)));
        Assert.Contains("; escalated: ran out of length", JudgingGateway.Route(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_the_model_is_unsure_of_is_given_up(bool stream)
    {
        var model = $"unsure-{stream}";
        await using var gateway = await JudgingGateway.StartAsync(model);
        using var response = await gateway.ChatAsync(Ask.Chat(stream, model, more: JudgingGateway.Script(Long, confidence: 0.2)));
        Assert.Equal("llm", ChatTests.Header(response, "x-gateway-pool"));
        Assert.Matches(@"; escalated: confidence 0\.\d\d$", JudgingGateway.Route(response));
        await AssertComesFromAsync(response, stream, "zai-org/GLM-5-FP8");
        Assert.Equal(1, await JudgingGateway.MetricAsync(gateway, $"gateway_escalations_total{{model=\"{model}\",cause=\"low_confidence\"}}"));
    }

    /// <summary>For vLLM the closed connection is the abort: a stream that is given up must not go on generating.</summary>
    [Fact]
    public async Task A_stream_that_is_given_up_is_aborted_upstream_and_costs_what_had_come()
    {
        var slow = new SimulatorOptions { Performance = PerformanceModel.Paced(TimeSpan.FromMilliseconds(5)) };
        await using var gateway = await JudgingGateway.StartAsync("aborted", new VerifyOptions { Tokens = 8 }, slow);
        using var response = await gateway.ChatAsync(
            Ask.Chat(true, "aborted", more: "\"max_tokens\":20000,\"vllm_xargs\":{\"sim_tokens\":4000,\"sim_confidence\":0.2}"));
        Assert.Equal("llm", ChatTests.Header(response, "x-gateway-pool"));
        await CallerTests.UntilAsync(() => gateway.Slm[0].Running == 0);
        response.Dispose();
        // About 8 tokens at 2 USD a million, and the prompt's estimate at 1.
        Assert.InRange(await JudgingGateway.MetricAsync(gateway, "gateway_cascade_probe_cost_usd_total{model=\"aborted\"}"), 16e-6, 90e-6);
    }

    [Fact]
    public async Task Nothing_is_escalated_once_it_is_shown()
    {
        // Sure for the tokens that are held, and a call of a function that nobody offered only afterwards.
        await using var gateway = await JudgingGateway.StartAsync("shown", new VerifyOptions { Tokens = 4 });
        var loop = "This begins well enough. " + string.Concat(Enumerable.Repeat("and so on and so forth ", 30));
        using var response = await gateway.ChatAsync(Ask.Chat(true, "shown", more: JudgingGateway.Script(loop)));
        Assert.Equal("slm", ChatTests.Header(response, "x-gateway-pool"));
        Assert.Matches(@"; verified 0\.\d\d$", JudgingGateway.Route(response));
        Assert.Equal(loop, (await Events.ReadAsync(response)).Text);
        Assert.Empty(JudgingGateway.Sent(gateway.Llm[0]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_the_large_pool_cannot_answer_a_whole_weak_answer_is_better_than_an_error(bool stream)
    {
        var model = $"kept-{stream}";
        await using var gateway = await JudgingGateway.StartAsync(model);
        gateway.Llm[0].Faults.Always = Fault.Status(500);
        using var response = await gateway.ChatAsync(Ask.Chat(stream, model, more: JudgingGateway.Script("I'm sorry, but I can't help.")));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("slm", ChatTests.Header(response, "x-gateway-pool"));
        Assert.Equal(gateway.Slm[0].Address.Authority, ChatTests.Header(response, "x-gateway-replica"));
        Assert.EndsWith("; escalated: refusal; no larger pool could answer, the weak answer is shown", JudgingGateway.Route(response), StringComparison.Ordinal);
        await AssertComesFromAsync(response, stream, "Qwen/Qwen3-8B");
        Assert.Single(JudgingGateway.Sent(gateway.Slm[0]));
        Assert.Equal(1, await JudgingGateway.MetricAsync(gateway, $"gateway_cascade_weak_shown_total{{model=\"{model}\"}}"));
        Assert.Equal(0, await JudgingGateway.MetricAsync(gateway, $"gateway_cascade_probe_cost_usd_total{{model=\"{model}\"}}"));
        Assert.Contains("outcome=ok", await gateway.Log.RequestAsync(), StringComparison.Ordinal);
        Assert.Equal(0, gateway.Replica(gateway.Slm[0]).InFlight);
    }

    [Fact]
    public async Task When_the_large_pool_cannot_answer_a_stream_that_was_broken_off_is_asked_for_again_and_shown_as_it_is()
    {
        await using var gateway = await JudgingGateway.StartAsync("again", new VerifyOptions { Tokens = 8 });
        gateway.Llm[0].Faults.Always = Fault.Status(500);
        using var response = await gateway.ChatAsync(Ask.Chat(true, "again", more: JudgingGateway.Script(Long, confidence: 0.2)));
        Assert.Equal("slm", ChatTests.Header(response, "x-gateway-pool"));
        Assert.Equal("3", ChatTests.Header(response, "x-gateway-attempts"));
        Assert.Equal(Long, (await Events.ReadAsync(response)).Text);
        var sent = JudgingGateway.Sent(gateway.Slm[0]);
        Assert.Equal(2, sent.Count);
        Assert.DoesNotContain("logprobs", sent[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_large_pool_is_down_answers_are_shown_as_they_come()
    {
        await using var gateway = await JudgingGateway.StartAsync("down");
        gateway.Replica(gateway.Llm[0]).Breaker.Eject(TimeSpan.FromMinutes(1));
        using var response = await gateway.ChatAsync(Ask.Chat(model: "down", more: JudgingGateway.Script("I'm sorry, but I can't help.")));
        Assert.EndsWith("; not verified: llm is not available", JudgingGateway.Route(response), StringComparison.Ordinal);
        Assert.Equal(1, await JudgingGateway.MetricAsync(gateway, "gateway_cascade_verified_total{model=\"down\",verdict=\"skipped\"}"));
    }

    [Theory]
    [InlineData("cut-after=3")]
    [InlineData("error-frame-after=3")]
    [InlineData("abort-after=3")]
    [InlineData("stall-after=3")]
    public async Task A_stream_that_breaks_while_it_is_held_fails_over_like_one_that_never_began(string fault)
    {
        await using var gateway = await JudgingGateway.StartAsync(
            $"broken-{fault}", pool: pool => pool with { Timeouts = pool.Timeouts with { Idle = TimeSpan.FromSeconds(1) } });
        gateway.Slm[0].Faults.Always = Fault.Parse(fault);
        using var response = await gateway.ChatAsync(Ask.Chat(true, $"broken-{fault}", more: JudgingGateway.Script(Long)));
        Assert.Equal("llm", ChatTests.Header(response, "x-gateway-pool"));
        Assert.DoesNotContain("escalated", JudgingGateway.Route(response), StringComparison.Ordinal);
        Assert.True((await Events.ReadAsync(response)).IsDone);
        Assert.Equal(0, await JudgingGateway.MetricAsync(gateway, $"gateway_cascade_verified_total{{model=\"broken-{fault}\",verdict=\"escalated\"}}"));
        Assert.Equal(0, gateway.Replica(gateway.Slm[0]).InFlight);
    }

    private static async Task AssertComesFromAsync(HttpResponseMessage response, bool stream, string model)
    {
        if (!stream)
        {
            using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            Assert.Equal(model, answer.RootElement.GetProperty("model").GetString());
            return;
        }

        var events = await Events.ReadAsync(response);
        Assert.True(events.IsDone);
        Assert.All(events.Chunks, chunk => Assert.Equal(model, chunk.GetProperty("model").GetString()));
    }
}
