namespace Gateway.Bench.Load.Targets;

/// <summary>This product, with its defaults: its log goes to a file and is part of the cost.</summary>
/// <param name="name">What it is called.</param>
/// <param name="section">A further section of its configuration.</param>
public sealed class GatewayTarget(string name, string section = "") : ITarget
{
    /// <summary>A section that has every request and every answer inspected in process.</summary>
    public const string Guards =
        """
        guardrails:
          input: [{guard: secrets, action: redact}, {guard: pii, action: redact, restore: true}, {guard: injection, action: flag}]
          output: [{guard: secrets, action: redact}, {guard: pii, action: redact}]
        """;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Model => "auto";

    /// <inheritdoc/>
    public async Task<RunningTarget> StartAsync(Site site)
    {
        var (port, admin) = (FreePort.Take(), FreePort.Take());
        var config = site.File($"{name}.yaml");
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
            {{section}}

            """);
        var process = await ServerProcess.StartAsync(
            ["dotnet", site.Layout.GatewayDll, "serve", config],
            site.File($"{name}.log"),
            new Uri($"http://127.0.0.1:{admin}/readyz"));
        return new RunningTarget(this, port, process);
    }
}
