using System.Collections.Frozen;
using System.Net;
using Gateway.Configuration;
using Gateway.Guarding;
using Gateway.Guardrails;
using Gateway.Hosting;
using Gateway.Simulator;
using Gateway.Tests.Guarding.Remote;
using Gateway.Tests.Running;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Guarding;

/// <summary>Requests whose guard answers while the upstream is at work.</summary>
public sealed class LateGuardTests
{
    private static readonly SimulatorOptions Slow = new() { Performance = PerformanceModel.Paced(TimeSpan.FromMilliseconds(100)) };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_replica_is_at_work_before_the_guard_has_answered_and_nothing_is_shown_before(bool stream)
    {
        var may = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var service = await StubService.StartAsync(async (http, _) =>
        {
            await may.Task;
            await http.Response.WriteAsync("""{"verdict":"allow"}""");
        });
        await using var gateway = await StartAsync(service, new SimulatorOptions());
        var asking = gateway.ChatAsync(Ask.Chat(stream, "small"));
        await UntilAsync(() => gateway.Slm[0].Received.Count == 1 && service.Asked.Count == 1);
        await Task.Delay(200);
        Assert.False(asking.IsCompleted);
        may.SetResult();
        using var response = await asking;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("slm", ChatTests.Header(response, "x-gateway-pool"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_late_block_is_told_at_once_and_the_replica_sees_the_abort(bool stream)
    {
        await using var service = await StubService.StartAsync("""{"verdict":"block","findings":[{"text":0,"label":"house_rules"}]}""");
        await using var gateway = await StartAsync(service, Slow);
        using var response = await gateway.ChatAsync(Ask.Chat(stream, "small", more: "\"max_tokens\":1000,\"ignore_eos\":true"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = await response.Content.ReadAsStringAsync();
        Assert.Contains("content_filter", error, StringComparison.Ordinal);
        Assert.Contains("house_rules", error, StringComparison.Ordinal);
        await UntilAsync(() => gateway.Slm[0].Received.All(request => request.Aborted) && gateway.Slm[0].Running == 0);
        Assert.True(gateway.Replica(gateway.Slm[0]).Breaker.IsClosed);
        Assert.Equal(0, gateway.Replica(gateway.Slm[0]).InFlight);
    }

    [Fact]
    public async Task A_request_that_nobody_can_answer_ends_the_question()
    {
        await using var service = await StubService.StartAsync((http, _) => Task.Delay(Timeout.Infinite, http.RequestAborted));
        await using var gateway = await StartAsync(service, new SimulatorOptions());
        using var response = await gateway.ChatAsync(Ask.Chat(model: "small"), ("x-gateway-group", "nowhere"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(service.Asked);
    }

    [Fact]
    public async Task A_caller_that_leaves_hangs_up_on_both()
    {
        await using var service = await StubService.StartAsync((http, _) => Task.Delay(Timeout.Infinite, http.RequestAborted));
        await using var gateway = await StartAsync(service, Slow, TimeSpan.FromSeconds(60));
        using (var leaving = new CancellationTokenSource())
        {
            var asking = gateway.Client.PostAsync("v1/chat/completions", new StringContent(Ask.Chat(model: "small", more: "\"max_tokens\":1000,\"ignore_eos\":true"), null, "application/json"), leaving.Token);
            await UntilAsync(() => gateway.Slm[0].Received.Count == 1 && service.Asked.Count == 1);
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        }

        await service.HungUp.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await UntilAsync(() => gateway.Slm[0].Received.All(request => request.Aborted));
    }

    private static async Task<GatewayApplication> StartAsync(StubService service, SimulatorOptions replica, TimeSpan? timeout = null)
    {
        var gateway = await GatewayApplication.StartAsync(slm: 1, llm: 1, replica: replica);
        var options = new WebhookGuardOptions { Url = service.Address, Timeout = timeout ?? TimeSpan.FromSeconds(10) };
        var step = new GuardStep { Name = "hook", Action = GuardAction.Block, Remote = StubService.Guard(new GuardOptions { Webhook = options }) };
        var policy = new GuardPolicy("default", "1", [step], []);
        var now = gateway.Live.Current;
        gateway.Live.Replace(new Blueprint(now.Options, now.Fleet, now.Catalog, now.Router, now.Upstreams)
        {
            Scorer = now.Scorer,
            Rules = now.Rules,
            Cache = now.Cache,
            Guards = new GuardSetup(policy, FrozenDictionary<string, GuardPolicy>.Empty, FrozenDictionary<string, GuardPolicy>.Empty),
        });
        return gateway;
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!isSo())
            await Task.Delay(10, limit.Token);
    }
}
