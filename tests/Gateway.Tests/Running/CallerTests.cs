using System.Net;
using Gateway.Configuration;
using Gateway.Simulator;

namespace Gateway.Tests.Running;

/// <summary>What the caller does, and what it sees while it waits.</summary>
public sealed class CallerTests
{
    private static readonly SimulatorOptions Slow = new() { Performance = PerformanceModel.Paced(TimeSpan.FromMilliseconds(20)) };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_caller_who_leaves_ends_the_upstream_call_and_blames_nobody(bool stream)
    {
        await using var gateway = await GatewayApplication.StartAsync(slm: 1, replica: Slow);
        using var leaving = new CancellationTokenSource();
        var body = Ask.Chat(stream, model: "small", more: "\"vllm_xargs\":{\"sim_tokens\":5000}");
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions") { Content = new StringContent(body, null, "application/json") };
        var pending = gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leaving.Token);
        await UntilAsync(() => gateway.Slm[0].Running == 1);
        if (stream)
        {
            using var response = await pending;
            await (await response.Content.ReadAsStreamAsync()).ReadExactlyAsync(new byte[200]);
        }
        else
        {
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
        }

        await UntilAsync(() => gateway.Slm[0].Running == 0);
        Assert.Contains("outcome=caller_gone", await gateway.Log.RequestAsync(), StringComparison.Ordinal);
        await UntilAsync(() => gateway.Replica(gateway.Slm[0]).InFlight == 0);
        Assert.True(gateway.Replica(gateway.Slm[0]).Breaker.IsClosed);
    }

    [Fact]
    public async Task A_silent_upstream_is_bridged_with_comments_and_the_stream_still_succeeds()
    {
        await using var gateway = await StartWithHeartbeatAsync();
        gateway.Slm[0].Faults.Always = Fault.SlowFirstToken(TimeSpan.FromSeconds(1));
        using var response = await gateway.ChatAsync(Ask.Chat(stream: true, model: "small"));
        var events = await Events.ReadAsync(response);
        Assert.True(events.IsDone);
        Assert.True(events.Comments.Count(comment => comment == ": keep-alive") >= 2, string.Join('\n', events.Comments));
        // The headers left before the replica was known, so a comment says it.
        Assert.Contains(events.Comments, comment => comment.StartsWith(": x-gateway-pool slm; x-gateway-replica 127.0.0.1:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failure_after_a_heartbeat_is_an_error_in_the_stream()
    {
        await using var gateway = await StartWithHeartbeatAsync(firstToken: TimeSpan.FromSeconds(0.8));
        gateway.Slm[0].Faults.Always = Fault.StallAfter(0);
        using var response = await gateway.ChatAsync(Ask.Chat(stream: true, model: "small"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var events = await Events.ReadAsync(response);
        Assert.Equal("upstream_timeout", events.Error!.Value.GetProperty("code").GetString());
        Assert.False(events.IsDone);
    }

    [Fact]
    public async Task A_replica_that_fails_after_a_heartbeat_is_still_replaced()
    {
        await using var gateway = await StartWithHeartbeatAsync(firstToken: TimeSpan.FromSeconds(0.8), replicas: 2);
        gateway.Slm[0].Faults.Always = Fault.StallAfter(0);
        using var response = await gateway.ChatAsync(Ask.Chat(stream: true, model: "small"));
        var events = await Events.ReadAsync(response);
        Assert.True(events.IsDone);
        Assert.Contains(events.Comments, comment => comment.EndsWith("x-gateway-attempts 2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Running_streams_finish_when_the_gateway_is_told_to_stop()
    {
        await using var gateway = await GatewayApplication.StartAsync(replica: Slow);
        using var response = await gateway.ChatAsync(Ask.Chat(stream: true, model: "small", more: "\"vllm_xargs\":{\"sim_tokens\":50}"));
        var stopped = gateway.StopAsync();
        var events = await Events.ReadAsync(response);
        Assert.True(events.IsDone);
        Assert.Equal(["stop"], events.FinishReasons);
        await stopped;
    }

    [Fact]
    public async Task A_stream_that_outlives_the_drain_is_told_so()
    {
        await using var gateway = await GatewayApplication.StartAsync(
            replica: Slow, options: options => options with { Server = options.Server with { Drain = TimeSpan.FromSeconds(1) } });
        using var response = await gateway.ChatAsync(Ask.Chat(stream: true, model: "small", more: "\"vllm_xargs\":{\"sim_tokens\":5000}"));
        var stopped = gateway.StopAsync();
        var events = await Events.ReadAsync(response);
        Assert.Equal("gateway_draining", events.Error!.Value.GetProperty("code").GetString());
        await stopped;
    }

    internal static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 1000; i++)
        {
            if (condition())
                return;
            await Task.Delay(10);
        }

        Assert.Fail("waited 10 s in vain");
    }

    private static Task<GatewayApplication> StartWithHeartbeatAsync(TimeSpan? firstToken = null, int replicas = 1) => GatewayApplication.StartAsync(
        slm: replicas,
        pool: pool => pool with
        {
            Balancing = "round_robin",
            Timeouts = new TimeoutOptions { FirstToken = firstToken ?? TimeSpan.FromSeconds(60) },
        },
        options: options => options with { Server = options.Server with { Heartbeat = TimeSpan.FromSeconds(0.3) } });
}
