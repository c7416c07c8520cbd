using System.Net;
using Gateway.Configuration;
using Gateway.Hosting;
using Gateway.Routing.Health;
using Gateway.Simulator;
using Gateway.Tests.Running;
using k8s.Models;

namespace Gateway.Tests.Upstream.Discovery;

/// <summary>A gateway whose pools find their replicas, from the lookup to the answer.</summary>
public sealed class DiscoveredPoolTests : IAsyncLifetime
{
    private const string Name = "vllm.test";

    private readonly FakeDnsServer _dns = new();
    private SimulatedReplica _replica = null!;

    public async ValueTask InitializeAsync() => _replica = await SimulatedReplica.StartAsync(new SimulatorOptions { Model = "Qwen/Qwen3-8B" });

    public async ValueTask DisposeAsync()
    {
        await _replica.DisposeAsync();
        await _dns.DisposeAsync();
    }

    [Fact]
    public async Task Is_ready_and_answers_as_soon_as_a_replica_is_found()
    {
        await using var gateway = await StartAsync(Dns());
        using var admin = new HttpClient { BaseAddress = gateway.Admin };
        using (var early = await admin.GetAsync("readyz"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, early.StatusCode);
            Assert.Contains("slm: 0 of 0 replicas", await early.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using (var refused = await gateway.ChatAsync(Ask.Chat(model: "small")))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        // The first lookup finds nothing, which counts as a failure.
        await CallerTests.UntilAsync(() => admin.GetStringAsync("metrics").GetAwaiter().GetResult().Contains("gateway_discovery_failures_total{pool=\"slm\"}", StringComparison.Ordinal));
        _dns.Addresses(Name, 1, "127.0.0.1");
        await CallerTests.UntilAsync(() => admin.GetAsync("readyz").GetAwaiter().GetResult().StatusCode == HttpStatusCode.OK);
        using var answer = await gateway.ChatAsync(Ask.Chat(model: "small"));
        Assert.Equal(_replica.Address.Authority, ChatTests.Header(answer, "x-gateway-replica"));
        Assert.Contains(gateway.Log.Lines, line => line.Contains($"replica {_replica.Address.Authority} joined pool slm", StringComparison.Ordinal));
        var metrics = await admin.GetStringAsync("metrics");
        Assert.Contains("gateway_pool_replicas{pool=\"slm\",state=\"available\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("gateway_pool_replicas{pool=\"slm\",state=\"draining\"} 0", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reload_keeps_what_was_found_and_follows_what_is_asked_for_now()
    {
        _dns.Addresses(Name, 1, "127.0.0.1");
        await using var gateway = await StartAsync(Dns());
        await CallerTests.UntilAsync(() => MembersOf(gateway).Length == 1);
        var replica = MembersOf(gateway)[0];

        Reload(gateway, pool => pool with { ContextTokens = 1000 });
        Assert.Same(replica, Assert.Single(MembersOf(gateway)));

        replica.Drain(new DrainNotice("test", 0, null));
        Reload(gateway, pool => pool with { Breaker = pool.Breaker with { Faults = 9 } });
        Assert.Equal((replica.Address, ReplicaState.Draining), (MembersOf(gateway)[0].Address, MembersOf(gateway)[0].State));

        _dns.Addresses("other.test", 300, "127.0.0.1", "127.0.0.2");
        Reload(gateway, pool => pool with { Discover = pool.Discover! with { Dns = "other.test" } });
        Assert.Single(MembersOf(gateway));
        await CallerTests.UntilAsync(() => MembersOf(gateway).Length == 2);

        Reload(gateway, pool => pool with { Discover = null, Replicas = [_replica.Address] });
        Assert.Single(MembersOf(gateway));
        await Task.Delay(300);
        Assert.Single(MembersOf(gateway));
    }

    [Fact]
    public async Task A_terminating_endpoint_gets_nothing_new_and_finishes_what_it_has()
    {
        await using var server = await FakeApiServer.StartAsync();
        server.Put("a", Endpoint(terminating: false));
        var service = new KubernetesOptions { Service = "vllm", Namespace = "ai", Port = _replica.Address.Port, Kubeconfig = server.Kubeconfig };
        await using var gateway = await StartAsync(new DiscoverOptions { Kubernetes = service }, fallback: true);
        await CallerTests.UntilAsync(() => MembersOf(gateway) is [{ WasProbed: true }]);
        _replica.Faults.Always = null;
        var running = gateway.ChatAsync(Ask.Chat(stream: true, model: "small", more: "\"max_tokens\":200"));
        using var stream = await running;
        Assert.Equal("slm", ChatTests.Header(stream, "x-gateway-pool"));
        server.Put("a", Endpoint(terminating: true));
        await CallerTests.UntilAsync(() => MembersOf(gateway)[0].State == ReplicaState.Draining);
        using (var next = await gateway.ChatAsync(Ask.Chat(model: "small")))
            Assert.Equal("llm", ChatTests.Header(next, "x-gateway-pool"));
        Assert.EndsWith("data: [DONE]\n\n", await stream.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        server.Delete("a");
        await CallerTests.UntilAsync(() => MembersOf(gateway).IsEmpty);
    }

    private DiscoverOptions Dns() => new() { Dns = Name, Port = _replica.Address.Port, Resolver = _dns.Address };

    private static Task<GatewayApplication> StartAsync(DiscoverOptions discover, bool fallback = false) =>
        GatewayApplication.StartAsync(slm: 0, options: options => options with
        {
            Pools = new Dictionary<string, PoolOptions>
            {
                // So rarely probed that only a newcomer's own probe can make the pool ready.
                ["slm"] = options.Pools["slm"] with { Replicas = [], Discover = discover, Probe = new ProbeOptions { Interval = TimeSpan.FromHours(1) } },
                ["llm"] = options.Pools["llm"],
            },
            Models = new Dictionary<string, ModelOptions> { ["small"] = new() { Pool = "slm", Fallback = fallback ? ["llm"] : [] } },
            Aliases = new Dictionary<string, string>(),
        });

    private static System.Collections.Immutable.ImmutableArray<Gateway.Routing.Replica> MembersOf(GatewayApplication gateway) =>
        gateway.Live.Current.Fleet["slm"].Replicas;

    private static void Reload(GatewayApplication gateway, Func<PoolOptions, PoolOptions> change)
    {
        var options = gateway.Live.Current.Options;
        var pools = new Dictionary<string, PoolOptions>(options.Pools) { ["slm"] = change(options.Pools["slm"]) };
        gateway.Live.Replace(new BlueprintBuilder(TimeProvider.System, new Random(1)).Build(options with { Pools = pools }, gateway.Live.Current));
    }

    private static V1Endpoint Endpoint(bool terminating) => new()
    {
        Addresses = ["127.0.0.1"],
        Conditions = new V1EndpointConditions { Ready = !terminating, Serving = true, Terminating = terminating },
    };
}
