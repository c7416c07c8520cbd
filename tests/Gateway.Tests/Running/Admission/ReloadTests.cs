using System.Net;
using Gateway.Configuration;
using Gateway.Hosting;

namespace Gateway.Tests.Running.Admission;

/// <summary>What a reload of the configuration does to those that wait.</summary>
public sealed class ReloadTests
{
    [Fact]
    public async Task More_places_are_given_to_whoever_waits()
    {
        await using var gateway = await BusyGateway.StartAsync();
        using var busy = await gateway.OccupyAsync(tokens: 5000);
        var waiting = gateway.ChatAsync(BusyGateway.Body(2));
        await CallerTests.UntilAsync(() => gateway.Gate().Waiting == 1);
        var slm = gateway.Live.Current.Options.Pools["slm"];
        Reload(gateway, options => options with
        {
            Pools = new Dictionary<string, PoolOptions>(options.Pools) { ["slm"] = slm with { Admission = slm.Admission with { InFlightPerReplica = 2 } } },
        });
        using var response = await waiting;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await CallerTests.UntilAsync(() => gateway.Gate().InFlight == 1);
        busy.Dispose();
        await CallerTests.UntilAsync(() => gateway.Gate().InFlight == 0);
    }

    [Fact]
    public async Task Whoever_waits_for_a_pool_that_is_removed_is_served_when_its_turn_comes()
    {
        await using var gateway = await BusyGateway.StartAsync();
        var gate = gateway.Gate();
        using var busy = await gateway.OccupyAsync(tokens: 60);
        var waiting = gateway.ChatAsync(BusyGateway.Body(2));
        await CallerTests.UntilAsync(() => gate.Waiting == 1);
        Reload(gateway, WithoutSlm);
        await Events.ReadAsync(busy);
        using var response = await waiting;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await CallerTests.UntilAsync(() => gate is { InFlight: 0, Waiting: 0 });
        using var later = await gateway.ChatAsync(BusyGateway.Body(2));
        Assert.Equal(HttpStatusCode.NotFound, later.StatusCode);
    }

    [Fact]
    public async Task Whoever_waits_in_vain_for_a_pool_that_is_removed_is_told_in_time()
    {
        await using var gateway = await BusyGateway.StartAsync(timeout: 1);
        using var busy = await gateway.OccupyAsync(tokens: 5000);
        var gate = gateway.Gate();
        var waiting = gateway.ChatAsync(BusyGateway.Body(2));
        await CallerTests.UntilAsync(() => gate.Waiting == 1);
        Reload(gateway, WithoutSlm);
        using var response = await waiting;
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(0, gate.Waiting);
    }

    private static GatewayOptions WithoutSlm(GatewayOptions options) => options with
    {
        Pools = new Dictionary<string, PoolOptions> { ["llm"] = options.Pools["llm"] },
        Models = new Dictionary<string, ModelOptions> { ["large"] = new() { Pool = "llm" } },
        Aliases = new Dictionary<string, string>(),
    };

    private static void Reload(GatewayApplication gateway, Func<GatewayOptions, GatewayOptions> change)
    {
        var live = gateway.Live;
        live.Replace(new BlueprintBuilder(TimeProvider.System, new Random(1)).Build(change(live.Current.Options), live.Current));
    }
}
