using Gateway.Configuration;
using Gateway.Routing;
using Gateway.Tests.Running;

namespace Gateway.Tests.Upstream;

/// <summary>How often a replica is asked for its health, beside its metrics and without them.</summary>
public sealed class ReplicaRoundsTests
{
    private static readonly MetricsOptions Read = new() { Scrape = true, Interval = TimeSpan.FromMilliseconds(50), IdleInterval = TimeSpan.FromMilliseconds(100) };
    private static readonly MetricsOptions Unread = new() { Scrape = false };

    [Fact]
    public async Task While_metrics_are_read_most_probes_are_spared_and_not_all()
    {
        await using var engine = await FakeEngine.StartAsync();
        await using var gateway = await StartAsync(engine, Read, TimeSpan.FromMilliseconds(500));
        await CallerTests.UntilAsync(() => engine.Scrapes >= 24);
        // A scrape every quarter of a second, so that twelve probes were due.
        Assert.InRange(engine.Probes, 2, 7);
        Assert.True(ReplicaOf(gateway).IsReachable);
    }

    [Fact]
    public async Task Without_metrics_it_is_probed_at_the_interval_and_its_death_is_found()
    {
        await using var engine = await FakeEngine.StartAsync();
        await using var gateway = await StartAsync(engine, Unread, TimeSpan.FromMilliseconds(100));
        await CallerTests.UntilAsync(() => engine.Probes >= 5);
        Assert.Equal(0, engine.Scrapes);
        engine.IsAlive = false;
        await CallerTests.UntilAsync(() => !ReplicaOf(gateway).IsReachable);
        engine.IsAlive = true;
        await CallerTests.UntilAsync(() => ReplicaOf(gateway).IsReachable);
    }

    [Fact]
    public async Task A_scrape_that_goes_unanswered_has_the_replica_probed_at_once()
    {
        await using var engine = await FakeEngine.StartAsync();
        await using var gateway = await StartAsync(engine, Read, TimeSpan.FromHours(1));
        await CallerTests.UntilAsync(() => ReplicaOf(gateway) is { WasProbed: true, Load: not null });
        await engine.DisposeAsync();
        await CallerTests.UntilAsync(() => !ReplicaOf(gateway).IsReachable);
    }

    [Fact]
    public async Task An_engine_that_died_behind_its_server_is_found_although_its_metrics_are_read()
    {
        await using var engine = await FakeEngine.StartAsync();
        await using var gateway = await StartAsync(engine, Read, TimeSpan.FromMilliseconds(300));
        await CallerTests.UntilAsync(() => ReplicaOf(gateway) is { WasProbed: true, Load: not null });
        engine.IsAlive = false;
        await CallerTests.UntilAsync(() => !ReplicaOf(gateway).IsReachable);
        Assert.NotNull(ReplicaOf(gateway).Load);
    }

    private static Task<GatewayApplication> StartAsync(FakeEngine engine, MetricsOptions metrics, TimeSpan probe) =>
        GatewayApplication.StartAsync(slm: 1, pool: pool => pool.Model != "Qwen/Qwen3-8B" ? pool : pool with
        {
            Replicas = [engine.Address],
            Metrics = metrics,
            Probe = new ProbeOptions { Interval = probe },
        });

    private static Replica ReplicaOf(GatewayApplication gateway) =>
        gateway.Live.Current.Upstreams.Single(upstream => upstream.Pool.Name == "slm").Pool.Replicas.Single();
}
