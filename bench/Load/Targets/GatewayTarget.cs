namespace Gateway.Bench.Load.Targets;

/// <summary>This product, with its defaults: its log goes to a file and is part of the cost.</summary>
public sealed class GatewayTarget : ITarget
{
    /// <inheritdoc/>
    public string Name => "gateway";

    /// <inheritdoc/>
    public string Model => "auto";

    /// <inheritdoc/>
    public async Task<RunningTarget> StartAsync(Site site)
    {
        var (port, admin) = (FreePort.Take(), FreePort.Take());
        var config = site.File("gateway.yaml");
        await File.WriteAllTextAsync(
            config,
            $$"""
            server:
              listen: http://127.0.0.1:{{port}}
              admin: http://127.0.0.1:{{admin}}
            pools:
              slm:
                model: {{SimulatorServer.Model}}
                replicas: [http://127.0.0.1:{{site.UpstreamPort}}]
            models:
              {{Model}}: {pool: slm}

            """);
        var process = await ServerProcess.StartAsync(
            ["dotnet", site.Layout.GatewayDll, "serve", config],
            site.File("gateway.log"),
            new Uri($"http://127.0.0.1:{admin}/readyz"));
        return new RunningTarget(this, port, process);
    }
}
