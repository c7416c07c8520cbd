using Gateway.Configuration;

namespace Gateway.Hosting;

/// <summary>The command line.</summary>
public static class Commands
{
    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = GatewayHost.Build(new GatewayOptions
        {
            Pools = new Dictionary<string, PoolOptions> { ["slm"] = new() { Model = "Qwen/Qwen3-8B", Replicas = [new Uri("http://127.0.0.1:8000")] } },
            Models = new Dictionary<string, ModelOptions> { ["auto"] = new() { Pool = "slm" } },
        });
        await app.RunAsync();
        return 0;
    }
}
