using System.Globalization;
using System.Net;
using System.Text.Json;
using Gateway.Configuration;
using Gateway.Simulator;

namespace Gateway.Tests.Running.Admission;

/// <summary>What a caller meets when a pool has more requests than places.</summary>
public sealed class AdmissionTests
{
    [Fact]
    public async Task A_request_that_waited_is_answered_and_says_so()
    {
        await using var gateway = await BusyGateway.StartAsync();
        using var busy = await gateway.OccupyAsync(tokens: 25);
        using var response = await gateway.ChatAsync(BusyGateway.Body(2));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var route = response.Headers.GetValues("x-gateway-route").Single();
        var queued = int.Parse(route[(route.IndexOf("; queued ", StringComparison.Ordinal) + 9)..].Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.InRange(queued, 200, 10_000);
        Assert.True(long.Parse(response.Headers.GetValues("x-gateway-overhead-us").Single(), CultureInfo.InvariantCulture) < queued * 1000);
        Assert.Matches("queued_ms=[1-9]", await gateway.Log.RequestAsync(2));
        Assert.Equal(2, gateway.Slm[0].Received.Count);
        await CallerTests.UntilAsync(() => gateway.Gate().InFlight == 0);
    }

    [Theory]
    [InlineData(0, 20, "slm queue full")]
    [InlineData(8, 0.2, "slm queue timed out")]
    public async Task Whoever_finds_no_room_is_told_when_to_come_back(int queue, double timeout, string why)
    {
        await using var gateway = await BusyGateway.StartAsync(queue, timeout);
        using var busy = await gateway.OccupyAsync(tokens: 5000);
        foreach (var stream in (bool[])[false, true])
        {
            using var response = await gateway.ChatAsync(BusyGateway.Body(2, stream));
            Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
            Assert.InRange(int.Parse(response.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture), 1, 60);
            var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error");
            Assert.Equal(("rate_limit_error", "overloaded"), (error.GetProperty("type").GetString(), error.GetProperty("code").GetString()));
            Assert.Contains(why, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal((1, 0), (gateway.Gate().InFlight, gateway.Gate().Waiting));
        Assert.Single(gateway.Slm[0].Received);
        var metrics = await new HttpClient { BaseAddress = gateway.Admin }.GetStringAsync("metrics");
        Assert.Contains($"gateway_sheds_total{{pool=\"slm\",reason=\"{(queue == 0 ? "queue_full" : "timed_out")}\"}}", metrics, StringComparison.Ordinal);
        Assert.Contains("gateway_pool_capacity{pool=\"slm\"}", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_pool_overflows_into_the_plans_next()
    {
        await using var gateway = await BusyGateway.StartAsync(queue: 0, options: options => options with
        {
            Models = new Dictionary<string, ModelOptions>(options.Models) { ["small"] = new() { Pool = "slm", Fallback = ["llm"] } },
        });
        using var busy = await gateway.OccupyAsync(tokens: 5000);
        using var response = await gateway.ChatAsync(BusyGateway.Body(2));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("llm", response.Headers.GetValues("x-gateway-pool").Single());
        Assert.EndsWith("; slm queue full", response.Headers.GetValues("x-gateway-route").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_who_leaves_the_queue_frees_its_place_at_once()
    {
        await using var gateway = await BusyGateway.StartAsync();
        using var busy = await gateway.OccupyAsync(tokens: 5000);
        using var leaving = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions") { Content = new StringContent(BusyGateway.Body(2), null, "application/json") };
        var pending = gateway.Client.SendAsync(request, leaving.Token);
        await CallerTests.UntilAsync(() => gateway.Gate().Waiting == 1);
        await leaving.CancelAsync();
        await CallerTests.UntilAsync(() => gateway.Gate().Waiting == 0);
        Assert.Contains("outcome=caller_gone", await gateway.Log.RequestAsync(), StringComparison.Ordinal);
        Assert.Single(gateway.Slm[0].Received);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
    }

    [Fact]
    public async Task A_caller_who_leaves_its_stream_makes_room_for_whoever_waits()
    {
        await using var gateway = await BusyGateway.StartAsync();
        var busy = await gateway.OccupyAsync(tokens: 5000);
        var waiting = gateway.ChatAsync(BusyGateway.Body(2));
        await CallerTests.UntilAsync(() => gateway.Gate().Waiting == 1);
        busy.Dispose();
        using var response = await waiting;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_stream_that_waits_is_kept_alive_and_told_honestly_when_it_waits_in_vain()
    {
        await using var gateway = await BusyGateway.StartAsync(
            timeout: 1.2, options: options => options with { Server = options.Server with { Heartbeat = TimeSpan.FromSeconds(0.3) } });
        using var busy = await gateway.OccupyAsync(tokens: 5000);
        using var response = await gateway.ChatAsync(BusyGateway.Body(2, stream: true));
        var events = await Events.ReadAsync(response);
        Assert.Contains(": keep-alive", events.Comments);
        Assert.Equal("overloaded", events.Error!.Value.GetProperty("code").GetString());
        Assert.False(events.IsDone);
    }

    [Fact]
    public async Task The_end_of_the_drain_ends_waiting_requests_and_says_why()
    {
        await using var gateway = await BusyGateway.StartAsync(options: options => options with { Server = options.Server with { Drain = TimeSpan.FromSeconds(1) } });
        using var busy = await gateway.OccupyAsync(tokens: 5000);
        var waiting = gateway.ChatAsync(BusyGateway.Body(2));
        await CallerTests.UntilAsync(() => gateway.Gate().Waiting == 1);
        var stopped = gateway.StopAsync();
        using var response = await waiting;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("gateway_draining", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await stopped;
    }

    [Fact]
    public async Task A_failover_keeps_its_place_and_queues_behind_nobody()
    {
        await using var gateway = await BusyGateway.StartAsync(slm: 2);
        using var busy = await gateway.OccupyAsync(tokens: 100);
        // Its replica holds it back and then fails it: meanwhile another asks for the place that it keeps.
        var failing = gateway.Slm.Single(replica => replica.Running == 0);
        failing.Faults.Always = Fault.SlowFirstToken(TimeSpan.FromSeconds(0.5));
        var first = gateway.ChatAsync(BusyGateway.Body(2));
        await CallerTests.UntilAsync(() => gateway.Gate().InFlight == 2);
        var second = gateway.ChatAsync(BusyGateway.Body(2));
        await CallerTests.UntilAsync(() => gateway.Gate().Waiting == 1);
        await failing.KillAsync();
        using var response = await first;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotEqual("1", response.Headers.GetValues("x-gateway-attempts").Single());
        Assert.DoesNotContain("queued", response.Headers.GetValues("x-gateway-route").Single(), StringComparison.Ordinal);
        using var after = await second;
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        await Events.ReadAsync(busy);
        await CallerTests.UntilAsync(() => gateway.Gate().InFlight == 0);
    }

    [Fact]
    public async Task Pass_through_takes_its_place_like_the_rest()
    {
        await using var gateway = await BusyGateway.StartAsync(queue: 0);
        using var busy = await gateway.OccupyAsync(tokens: 5000);
        using var full = await gateway.PostAsync("v1/embeddings", """{"model":"small","input":"x"}""");
        Assert.Equal(HttpStatusCode.TooManyRequests, full.StatusCode);
        Assert.NotNull(full.Headers.RetryAfter);
        busy.Dispose();
        await CallerTests.UntilAsync(() => gateway.Gate().InFlight == 0);
        using var answer = await gateway.PostAsync("v1/embeddings", """{"model":"small","input":"x"}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await CallerTests.UntilAsync(() => gateway.Gate().InFlight == 0);
    }

    [Fact]
    public async Task Without_admission_nobody_waits()
    {
        await using var gateway = await BusyGateway.StartAsync(admission: new AdmissionOptions { Enabled = false, InFlightPerReplica = 1, Queue = 0 });
        using var busy = await gateway.OccupyAsync(tokens: 100);
        using var response = await gateway.ChatAsync(BusyGateway.Body(2));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain("queued", response.Headers.GetValues("x-gateway-route").Single(), StringComparison.Ordinal);
    }
}
