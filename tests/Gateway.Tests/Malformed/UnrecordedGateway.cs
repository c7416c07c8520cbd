using Gateway.Simulator;
using Gateway.Tests.Running;

namespace Gateway.Tests.Malformed;

/// <summary>The gateway before replicas that do not keep what they receive, for tests that send a great deal, with a look at how it fared.</summary>
public sealed class UnrecordedGateway : IAsyncLifetime
{
    private readonly List<SimulatedReplica> _replicas = [];
    private GatewayApplication _application = null!;

    public Uri Address => _application.Address;

    public async ValueTask InitializeAsync()
    {
        var replica = new SimulatorOptions { AnswerTokens = 3, MaxModelLen = 4096 };
        foreach (var model in (string[])["Qwen/Qwen3-8B", "zai-org/GLM-5-FP8"])
            _replicas.Add(await SimulatedReplica.StartAsync(replica with { Model = model }));
        _application = await GatewayApplication.StartAsync(slm: 0, llm: 0, options: options => options with
        {
            Pools = options.Pools.ToDictionary(
                pair => pair.Key,
                pair => pair.Value with { Replicas = [_replicas[pair.Key == "slm" ? 0 : 1].Address] }),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        foreach (var replica in _replicas)
            await replica.DisposeAsync();
    }

    /// <summary>Fails unless a good request is served, and none has failed inside the gateway.</summary>
    internal async Task AssertUnharmedAsync()
    {
        foreach (var model in (string[])["small", "large"])
        {
            using var response = await _application.ChatAsync(Ask.Chat(model: model));
            Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        }

        Assert.DoesNotContain(_application.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Warning", StringComparison.Ordinal));
    }
}
