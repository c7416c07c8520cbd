using Gateway.Configuration;
using Gateway.Routing.Health;
using Gateway.Simulator;
using Gateway.Tests.Running;

namespace Gateway.Tests.Resume;

/// <summary>When a stream goes on, when it ends with an error, and what is told of it.</summary>
public sealed class ResumeTests
{
    private static readonly string Body = Ask.Chat(
        stream: true, model: "small", more: "\"stream_options\":{\"include_usage\":true},\"vllm_xargs\":{\"sim_tokens\":60}");

    [Fact]
    public async Task The_log_and_the_metrics_tell_of_it_and_the_caller_pays_once()
    {
        await using var lane = await Lane.StartAsync();
        var stream = await lane.BrokenAsync(Body, "cut-after=9");
        Assert.Equal(1, stream.Resumes);
        var line = await lane.Gateway.Log.RequestAsync();
        Assert.Contains("attempts=2 resumes=1 status=200 outcome=ok", line, StringComparison.Ordinal);
        Assert.Contains("prompt_tokens=19 completion_tokens=60", line, StringComparison.Ordinal);
        var metrics = await new HttpClient().GetStringAsync(new Uri(lane.Gateway.Admin, "metrics"));
        Assert.Contains("gateway_resumed_total{pool=\"slm\",fault=\"Cut\",mechanism=\"Continue\"}", metrics, StringComparison.Ordinal);
        Assert.Contains("gateway_resume_prefill_tokens_total{pool=\"slm\"}", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_is_not_resumed_where_that_is_switched_off()
    {
        await using var lane = await Lane.StartAsync(resume: new ResumeOptions { Enabled = false });
        var stream = await lane.BrokenAsync(Body, "cut-after=9");
        Assert.Contains("cut off", stream.Error, StringComparison.Ordinal);
        Assert.Equal("error", stream.Finish);
    }

    [Theory]
    [InlineData("\"n\":2")]
    [InlineData("\"echo\":true")]
    [InlineData("\"prompt_logprobs\":0")]
    public async Task What_cannot_be_continued_ends_with_an_error(string more)
    {
        await using var lane = await Lane.StartAsync();
        var stream = await lane.BrokenAsync(Ask.Chat(stream: true, model: "small", more: more), "cut-after=9");
        Assert.Contains("cut off", stream.Error, StringComparison.Ordinal);
    }

    /// <summary>A request that makes engines fail would take the whole pool down, one after the other.</summary>
    [Fact]
    public async Task A_request_that_killed_two_engines_is_not_given_a_third()
    {
        await using var gateway = await GatewayApplication.StartAsync(slm: 4, pool: pool => pool with { Breaker = new() { Faults = 1000 } });
        Stream.Know(gateway);
        foreach (var replica in gateway.Slm)
            replica.Faults.Always = Fault.ErrorFrameAfter(5);
        var stream = await Stream.ReadAsync(gateway, Body);
        Assert.Contains("EngineCore", stream.Error, StringComparison.Ordinal);
        Assert.Equal(1, stream.Resumes);
        Assert.Equal(2, gateway.Slm.Count(replica => replica.Received.Any(request => request.Path == "/v1/chat/completions")));
    }

    [Fact]
    public async Task A_stream_goes_on_twice_and_not_a_third_time()
    {
        await using var gateway = await GatewayApplication.StartAsync(slm: 4, pool: pool => pool with { Breaker = new() { Faults = 1000 } });
        Stream.Know(gateway);
        var whole = await Stream.ReadAsync(gateway, Body);
        foreach (var replica in gateway.Slm.Take(2))
            replica.Faults.Always = Fault.CutAfter(5);
        gateway.Replica(gateway.Slm[2]).Drain(new DrainNotice("a test", 0, null));
        gateway.Replica(gateway.Slm[3]).Drain(new DrainNotice("a test", 0, null));
        Assert.Equal(whole with { Resumes = 2 }, await Stream.ReadAsync(gateway, Body));
        foreach (var replica in gateway.Slm)
            replica.Faults.Always = Fault.CutAfter(5);
        var broken = await Stream.ReadAsync(gateway, Body);
        Assert.Equal(2, broken.Resumes);
        Assert.Contains("cut off", broken.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replicas_nobody_has_asked_are_tried_and_their_tokens_counted_by_chunks()
    {
        await using var lane = await Lane.StartAsync();
        foreach (var replica in lane.Gateway.Slm)
            lane.Gateway.Replica(replica).Capabilities = null;
        await lane.EachAsync(Body, "cut-after", [3, 11]);
    }

    /// <summary>What the replica never sent cannot be sent on: the chat goes on without the thought.</summary>
    [Fact]
    public async Task Text_after_a_hidden_thought_goes_on_without_it()
    {
        await using var lane = await Lane.StartAsync(new SimulatorOptions { ReasoningTokens = 10 });
        var body = Ask.Chat(stream: true, model: "small", more: "\"include_reasoning\":false,\"vllm_xargs\":{\"sim_tokens\":30}");
        var whole = await lane.WholeAsync(body);
        Assert.Equal("", whole.Thought);
        Assert.Equal(whole with { Resumes = 1 }, await lane.BrokenAsync(body, "cut-after=25"));
        Assert.DoesNotContain("\"reasoning\":", Last(lane), StringComparison.Ordinal);
    }

    /// <summary>With ids the thought is received and kept from the caller: where it cannot go by ids, the chat goes on with it.</summary>
    [Fact]
    public async Task Text_after_a_hidden_thought_that_was_received_goes_on_with_it()
    {
        await using var lane = await Lane.StartAsync(new SimulatorOptions { ReasoningTokens = 10 }, new ResumeOptions { Exact = true });
        var body = Ask.Chat(stream: true, model: "small", more: "\"include_reasoning\":false,\"vllm_xargs\":{\"sim_tokens\":30}");
        var whole = await lane.WholeAsync(body);
        Assert.Equal("", whole.Thought);
        lane.Gateway.Slm[1].Faults.Next(Fault.Status(400));
        Assert.Equal(whole with { Resumes = 1 }, await lane.BrokenAsync(body, "cut-after=25"));
        Assert.Matches("\"reasoning\":\"[^\"]{20,}\",\"content\":", Last(lane));
        Assert.Contains("\"include_reasoning\":false", Last(lane), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(60, 0)]
    public async Task A_replica_that_goes_away_is_left_by_the_streams_that_would_not_end_there(double seconds, int resumes)
    {
        var paced = new SimulatorOptions { Performance = PerformanceModel.Paced(TimeSpan.FromMilliseconds(10)) };
        await using var gateway = await GatewayApplication.StartAsync(replica: paced);
        Stream.Know(gateway);
        var body = Ask.Chat(stream: true, model: "small", more: "\"max_tokens\":200,\"vllm_xargs\":{\"sim_tokens\":150}");
        var whole = await Stream.ReadAsync(gateway, body);
        var reading = Stream.ReadAsync(gateway, body);
        await Task.Delay(400);
        var busy = gateway.Slm.Single(replica => replica.Running > 0);
        gateway.Replica(busy).Drain(new DrainNotice("spot", TimeProvider.System.GetTimestamp(), TimeSpan.FromSeconds(seconds)));
        Assert.Equal(whole with { Resumes = resumes }, await reading);
    }

    private static string Last(Lane lane) => System.Text.Encoding.UTF8.GetString(lane.Gateway.Slm[1].Received[^1].Body.Span);
}
