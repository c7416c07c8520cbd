using Gateway.Configuration;
using Gateway.Simulator;
using Gateway.Tests.Running;

namespace Gateway.Tests.Upstream;

public sealed class ScraperTests
{
    private static readonly MetricsOptions Watched = new()
    {
        Interval = TimeSpan.FromMilliseconds(20),
        IdleInterval = TimeSpan.FromMilliseconds(50),
    };

    [Fact]
    public async Task A_replica_is_asked_what_it_can_do()
    {
        await using var gateway = await StartAsync(new SimulatorOptions { MaxModelLen = 4096 });
        var replica = gateway.Replica(gateway.Slm[0]);
        await CallerTests.UntilAsync(() => replica.Capabilities is not null);
        var found = replica.Capabilities!;
        Assert.Equal(["Qwen/Qwen3-8B"], found.Models);
        Assert.Empty(found.Adapters);
        Assert.Equal(4096, found.ContextTokens);
        Assert.Equal("0.0.0+simulated", found.Version);
        Assert.Equal(16 * PerformanceModel.Instant.KvBlocks, found.KvTokens);
        Assert.True(found.Continues);
        Assert.True(found.TakesTokens);
    }

    [Fact]
    public async Task Asking_generates_nothing()
    {
        await using var gateway = await StartAsync(new SimulatorOptions());
        await CallerTests.UntilAsync(() => gateway.Replica(gateway.Slm[0]).Capabilities is not null);
        Assert.DoesNotContain(gateway.Slm[0].Received, request => request.Path is "/v1/chat/completions" or "/v1/completions");
    }

    [Fact]
    public async Task The_load_is_known_and_follows_the_requests()
    {
        await using var gateway = await StartAsync(new SimulatorOptions { Performance = PerformanceModel.Small8B });
        var replica = gateway.Replica(gateway.Slm[0]);
        await CallerTests.UntilAsync(() => replica.Load is { Running: 0, Waiting: 0 });
        using var response = await gateway.ChatAsync(
            """{"model":"small","stream":true,"messages":[{"role":"user","content":"Tell me everything."}],"max_tokens":2000,"ignore_eos":true}""");
        await CallerTests.UntilAsync(() => replica.Load is { Running: 1, KvUse: > 0 });
        response.Dispose();
        await CallerTests.UntilAsync(() => replica.Load is { Running: 0 });
    }

    [Fact]
    public async Task The_load_of_a_replica_that_is_gone_is_unknown_and_it_is_asked_again_when_it_is_back()
    {
        await using var gateway = await StartAsync(new SimulatorOptions());
        var replica = gateway.Replica(gateway.Slm[0]);
        await CallerTests.UntilAsync(() => replica.Capabilities is not null);
        await gateway.Slm[0].KillAsync();
        await CallerTests.UntilAsync(() => replica.Load is null);
        await using var back = await SimulatedReplica.StartAsync(
            new SimulatorOptions { Model = "Qwen/Qwen3-8B", MaxModelLen = 1024, Listen = gateway.Slm[0].Address });
        await CallerTests.UntilAsync(() => replica.Capabilities!.ContextTokens == 1024 && replica.Load is not null);
    }

    [Fact]
    public async Task An_adapter_loaded_later_is_found_once_it_is_in_use()
    {
        await using var gateway = await StartAsync(new SimulatorOptions());
        var replica = gateway.Replica(gateway.Slm[0]);
        await CallerTests.UntilAsync(() => replica.Capabilities is not null);
        using var caller = new HttpClient { BaseAddress = gateway.Slm[0].Address };
        using var body = new StringContent("""{"lora_name":"sales","lora_path":"/adapters/sales"}""", System.Text.Encoding.UTF8, "application/json");
        using var loaded = await caller.PostAsync("v1/load_lora_adapter", body);
        Assert.True(loaded.IsSuccessStatusCode);
        await CallerTests.UntilAsync(() => replica.Load?.BusyAdapters is ["sales"] && replica.Capabilities!.Adapters is ["sales"]);
    }

    [Fact]
    public async Task A_replica_that_is_not_to_be_asked_is_left_alone()
    {
        await using var gateway = await GatewayApplication.StartAsync(slm: 1);
        await Task.Delay(400, TestContext.Current.CancellationToken);
        Assert.Null(gateway.Replica(gateway.Slm[0]).Capabilities);
        Assert.Null(gateway.Replica(gateway.Slm[0]).Load);
        Assert.Empty(gateway.Slm[0].Received);
    }

    [Theory]
    [InlineData("http://10.0.0.1:8000", null, true)]
    [InlineData("https://api.provider.example", null, false)]
    [InlineData("https://10.0.0.1", true, true)]
    [InlineData("http://10.0.0.1", false, false)]
    public void Our_own_replicas_are_asked_and_providers_are_not_unless_the_file_says_otherwise(string address, bool? scrape, bool expected) =>
        Assert.Equal(expected, new MetricsOptions { Scrape = scrape }.Reads(new Uri(address)));

    private static Task<GatewayApplication> StartAsync(SimulatorOptions replica) =>
        GatewayApplication.StartAsync(slm: 1, pool: pool => pool with { Metrics = Watched }, replica: replica);
}
