using System.Text.Json;
using Gateway.Guardrails;
using Gateway.Simulator;
using Gateway.Tests.Cache;
using Gateway.Tests.Resume;
using Gateway.Tests.Running;

namespace Gateway.Tests.Delivery.Guarding;

/// <summary>Answers of replicas on their way through guards.</summary>
public sealed class GuardedAnswerTests
{
    private static readonly GuardPolicy Digits = TestGuards.Policy(TestGuards.Step(new DigitGuard(3)));
    private static readonly GuardPolicy Secret = TestGuards.Policy(TestGuards.Step(new WordGuard("secret"), GuardAction.Block));

    private static string Body(string answer, bool stream, string more = "") =>
        Ask.Chat(stream, model: "small", more: $"{more}\"vllm_xargs\":{{\"sim_answer\":{JsonSerializer.Serialize(answer)}}}");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_found_is_redacted(bool stream)
    {
        await using var gateway = await GatewayApplication.StartAsync();
        gateway.Guard(Digits);
        using var response = await gateway.ChatAsync(Body("Call 555 0143 now, \"ok\"?", stream));
        Assert.Equal("Call <NUMBER_1> <NUMBER_2> now, \"ok\"?", await TextAsync(response, stream));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_block_ends_the_answer_as_filtered(bool stream)
    {
        await using var gateway = await GatewayApplication.StartAsync(slm: 1, replica: new SimulatorOptions { Performance = stream ? PerformanceModel.Paced(TimeSpan.FromMilliseconds(10)) : PerformanceModel.Instant });
        gateway.Guard(Secret);
        using var response = await gateway.ChatAsync(Body("It is a secret that " + string.Concat(Enumerable.Repeat("goes on and on ", 500)), stream));
        Assert.Equal(200, (int)response.StatusCode);
        if (stream)
        {
            var events = await Events.ReadAsync(response);
            Assert.Equal("It is a", events.Text);
            Assert.Equal(["content_filter"], events.FinishReasons);
            Assert.True(events.IsDone);
        }
        else
        {
            var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
            var choice = answer.GetProperty("choices")[0];
            Assert.Equal("content_filter", choice.GetProperty("finish_reason").GetString());
            Assert.Equal(JsonValueKind.Null, choice.GetProperty("message").GetProperty("content").ValueKind);
            Assert.True(answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32() > 0);
        }

        // The replica saw the abort long before its answer would have been over.
        await CallerTests.UntilAsync(() => gateway.Slm[0].Running == 0);
        await CallerTests.UntilAsync(() => gateway.Log.Lines.Any(line => line.Contains("blocked", StringComparison.Ordinal)));
        Assert.Single(gateway.Slm[0].Received, request => request.Path == "/v1/chat/completions");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_guard_that_fails_shut_is_an_error_and_no_verdict(bool stream)
    {
        await using var gateway = await GatewayApplication.StartAsync(replica: new SimulatorOptions { Performance = PerformanceModel.Paced(TimeSpan.FromMilliseconds(20)) });
        gateway.Guard(TestGuards.Policy(TestGuards.Step(new BrokenGuard("oops"), GuardAction.Block)));
        using var response = await gateway.ChatAsync(Body("All is well until oops comes", stream));
        if (stream)
            Assert.Equal("guard_unavailable", (await Events.ReadAsync(response)).Error!.Value.GetProperty("code").GetString());
        else
            Assert.Equal(503, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_seam_is_inspected_like_any_other_place()
    {
        await using var lane = await Lane.StartAsync();
        lane.Gateway.Guard(Digits);
        var body = Body("One 1 2 12 3456 789 and 1000000 more 12.", stream: true);
        var whole = await lane.WholeAsync(body);
        Assert.Equal("One 1 2 12 <NUMBER_1> <NUMBER_2> and <NUMBER_3> more 12.", whole.Text);
        for (var cut = 2; cut < 12; cut++)
        {
            var broken = await lane.BrokenAsync(body, $"cut-after={cut}");
            Assert.Equal(whole, broken with { Resumes = 0 });
        }
    }

    [Fact]
    public async Task What_is_cached_is_what_guards_have_left_of_it()
    {
        await using var gateway = await CachedGateway.StartAsync();
        gateway.Guard(Digits);
        var body = Body("It is 12345.", stream: true);
        using var first = await gateway.ChatAsync(body);
        Assert.Equal("It is <NUMBER_1>.", await TextAsync(first, true));
        await gateway.SettleAsync();
        using var second = await gateway.ChatAsync(body);
        Assert.Equal("hit exact", ChatTests.Header(second, CachedGateway.Header));
        Assert.Equal("It is <NUMBER_1>.", await TextAsync(second, true));
    }

    [Fact]
    public async Task A_filtered_answer_is_not_cached()
    {
        await using var gateway = await CachedGateway.StartAsync();
        gateway.Guard(Secret);
        Assert.Equal("miss", await gateway.AfterAsync(Body("A secret.", stream: true), Body("A secret.", stream: true)));
    }

    private static async Task<string?> TextAsync(HttpResponseMessage response, bool stream) => stream
        ? (await Events.ReadAsync(response)).Text
        : JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
}
