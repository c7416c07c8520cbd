namespace Gateway.Bench.Load.Targets;

/// <summary>The yardstick: Kestrel and YARP's forwarder, nothing else.</summary>
/// <param name="name">The target's name.</param>
/// <param name="runtime">Settings of the .NET runtime, as environment variables.</param>
public sealed class BareYarpTarget(string name, params string[] runtime) : ITarget
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public string Model => SimulatorServer.Model;

    /// <inheritdoc/>
    public async Task<RunningTarget> StartAsync(Site site)
    {
        var port = FreePort.Take();
        var process = await ServerProcess.StartAsync(
            ["env", .. runtime, "dotnet", site.Layout.BareYarpDll, $"http://127.0.0.1:{port}", site.Upstream.ToString()],
            site.File($"{Name}.log"),
            new Uri($"http://127.0.0.1:{port}/health"));
        return new RunningTarget(this, port, process);
    }
}
