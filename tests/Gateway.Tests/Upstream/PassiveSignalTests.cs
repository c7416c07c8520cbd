using Gateway.Configuration;
using Gateway.Simulator;
using Gateway.Tests.Running;

namespace Gateway.Tests.Upstream;

/// <summary>What is learned of a replica from its answers, and how it is shown.</summary>
public sealed class PassiveSignalTests
{
    private const string Streamed = """{"model":"small","stream":true,"messages":[{"role":"user","content":"hi"}],"max_tokens":30}""";

    [Fact]
    public async Task A_stream_tells_its_replicas_first_token_and_gaps()
    {
        await using var gateway = await StartAsync(new SimulatorOptions
        {
            Performance = PerformanceModel.Paced(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(60)),
        });
        var replica = gateway.Replica(gateway.Slm[0]);
        Assert.Null(replica.Gaps.Value);
        await AskAsync(gateway, Streamed);
        Assert.InRange(replica.Gaps.Value!.Value.TotalMilliseconds, 5, 200);
        Assert.InRange(replica.FirstTokens.Value!.Value.TotalMilliseconds, 40, 2000);
    }

    [Fact]
    public async Task An_answer_that_was_there_at_once_says_nothing_of_gaps()
    {
        await using var gateway = await StartAsync(new SimulatorOptions());
        await AskAsync(gateway, """{"model":"small","messages":[{"role":"user","content":"hi"}]}""");
        Assert.Null(gateway.Replica(gateway.Slm[0]).Gaps.Value);
        Assert.Null(gateway.Replica(gateway.Slm[0]).FirstTokens.Value);
    }

    [Theory]
    [InlineData("""{"model":"small","messages":[{"role":"user","content":"hi"}]}""")]
    [InlineData("""{"model":"small","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"hi"}]}""")]
    public async Task The_replicas_own_queue_is_known_where_its_answers_tell(string body)
    {
        await using var gateway = await StartAsync(new SimulatorOptions { PerRequestMetrics = true, Performance = PerformanceModel.Small8B, TimeScale = 20 });
        await AskAsync(gateway, body);
        Assert.NotNull(gateway.Replica(gateway.Slm[0]).QueueTimes.Value);
    }

    [Fact]
    public async Task Metrics_show_each_replica_and_forget_it_when_it_has_left()
    {
        await using var gateway = await StartAsync(new SimulatorOptions(), new MetricsOptions());
        using var admin = new HttpClient { BaseAddress = gateway.Admin };
        var replica = gateway.Replica(gateway.Slm[0]);
        await CallerTests.UntilAsync(() => replica.Load is not null);
        await AskAsync(gateway, Streamed);
        var page = await admin.GetStringAsync("metrics", TestContext.Current.CancellationToken);
        foreach (var name in new[] { "up", "available", "breaker_open", "in_flight", "running", "waiting", "kv_use", "first_token_seconds" })
            Assert.Contains($"gateway_replica_{name}{{pool=\"slm\",replica=\"{replica.Name}\"}} ", page, StringComparison.Ordinal);
        gateway.Live.Current.Fleet["slm"].Become([]);
        page = await admin.GetStringAsync("metrics", TestContext.Current.CancellationToken);
        Assert.DoesNotContain(replica.Name, page, StringComparison.Ordinal);
    }

    private static async Task AskAsync(GatewayApplication gateway, string body)
    {
        using var response = await gateway.ChatAsync(body);
        Assert.True(response.IsSuccessStatusCode);
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static Task<GatewayApplication> StartAsync(SimulatorOptions replica, MetricsOptions? metrics = null) =>
        GatewayApplication.StartAsync(slm: 1, pool: pool => metrics is null ? pool : pool with { Metrics = metrics }, replica: replica);
}
