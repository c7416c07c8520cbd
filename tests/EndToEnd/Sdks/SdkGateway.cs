using Gateway.EndToEnd.Processes;
using Gateway.Simulator;

namespace Gateway.EndToEnd.Sdks;

/// <summary>A gateway before one replica, for tests that look at it through an SDK.</summary>
public sealed class SdkGateway : IAsyncLifetime
{
    private GatewayProcess _gateway = null!;

    internal SimulatedReplica Replica { get; private set; } = null!;

    /// <summary>What an SDK calls its base URL.</summary>
    public Uri BaseUrl => new(_gateway.Address, "v1");

    public async ValueTask InitializeAsync()
    {
        Replica = await SimulatedReplica.StartAsync();
        var models = "models: { chat: { pool: chat }, tools: { pool: chat } }\naliases: { \"openai/chat\": chat }\n";
        _gateway = await GatewayProcess.StartAsync(GatewayYaml.Pool([Replica], timeouts: "idle: 1s") + models);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await Replica.DisposeAsync();
    }
}
