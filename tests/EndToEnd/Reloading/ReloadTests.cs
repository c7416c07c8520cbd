using System.Net;
using Gateway.EndToEnd.Calls;
using Gateway.EndToEnd.Processes;
using Gateway.Simulator;

namespace Gateway.EndToEnd.Reloading;

/// <summary>The file changes under a gateway that runs.</summary>
public sealed class ReloadTests : IAsyncLifetime
{
    private const string Failures = "gateway_config_reload_failures_total";

    /// <summary>A change is seen at the second poll, two seconds later at most; the rest is for a busy machine.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private SimulatedReplica _first = null!;
    private SimulatedReplica _second = null!;

    private string Before => GatewayYaml.Pool([_first]);

    private string After => GatewayYaml.Pool([_second]) + "aliases: { \"gpt-*\": chat }\n";

    public async ValueTask InitializeAsync()
    {
        _first = await Replicas.PacedAsync(20, tokens: 20_000);
        _second = await Replicas.InstantAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task A_change_takes_effect_while_a_stream_from_before_goes_on()
    {
        await using var gateway = await GatewayProcess.StartAsync(Before);
        using var stream = await Ask.StreamAsync(gateway.Client);
        await stream.ReadAsync(1);
        Assert.False(await KnowsAsync(gateway, "gpt-4o"));

        gateway.Rewrite(gateway.File(After));
        await Eventually.IsTrueAsync(() => KnowsAsync(gateway, "gpt-4o"), Soon);
        using var moved = await Ask.PostAsync(gateway.Client, Ask.Body());
        Assert.Equal(_second.Address.Authority, Ask.Header(moved, "x-gateway-replica"));
        await stream.ReadAsync(stream.Tokens + 50);
        Assert.False(stream.IsOver, stream.ToString());
    }

    [Fact]
    public async Task A_ConfigMap_that_is_swapped_takes_effect()
    {
        await using var gateway = await GatewayProcess.StartAsync(
            Before, write: (folder, text) => new ConfigMapFolder(folder.FullName).Put(text));
        Assert.False(await KnowsAsync(gateway, "gpt-4o"));
        new ConfigMapFolder(gateway.Folder).Put(gateway.File(After));
        await Eventually.IsTrueAsync(() => KnowsAsync(gateway, "gpt-4o"), Soon);
    }

    [Fact]
    public async Task An_invalid_file_changes_nothing_and_is_reported()
    {
        await using var gateway = await GatewayProcess.StartAsync(GatewayYaml.Pool([_second]));
        Assert.Equal(0, await gateway.MetricAsync(Failures));

        gateway.Rewrite(gateway.File(After + "fallbacks: 3\nretries: { attempts_per_pool: none }\n"));
        await Eventually.IsTrueAsync(async () => await gateway.MetricAsync(Failures) == 1, Soon);
        await Eventually.IsTrueAsync(() => gateway.Log.Contains("attempts_per_pool", StringComparison.Ordinal), Soon);
        Assert.Matches(@"gateway\.yaml:\d+:1: .*fallbacks", gateway.Log);
        Assert.Matches(@"gateway\.yaml:\d+:\d+: retries\.attempts_per_pool", gateway.Log);
        Assert.False(await KnowsAsync(gateway, "gpt-4o"));
        Assert.True(await KnowsAsync(gateway, "chat"));

        gateway.Rewrite(gateway.File(After));
        await Eventually.IsTrueAsync(() => KnowsAsync(gateway, "gpt-4o"), Soon);
        Assert.Equal(1, await gateway.MetricAsync(Failures));
    }

    private static async Task<bool> KnowsAsync(GatewayProcess gateway, string model)
    {
        using var response = await gateway.Client.GetAsync($"v1/models/{model}");
        return response.StatusCode == HttpStatusCode.OK;
    }
}
