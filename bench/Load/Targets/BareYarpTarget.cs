namespace Gateway.Bench.Load.Targets;

/// <summary>The yardstick: Kestrel and YARP's forwarder, nothing else.</summary>
public sealed class BareYarpTarget : ITarget
{
    /// <inheritdoc/>
    public string Name => TargetCatalog.Yardstick;

    /// <inheritdoc/>
    public string Model => SimulatorServer.Model;

    /// <inheritdoc/>
    public async Task<RunningTarget> StartAsync(Site site)
    {
        var port = FreePort.Take();
        var process = await ServerProcess.StartAsync(
            ["dotnet", site.Layout.BareYarpDll, $"http://127.0.0.1:{port}", site.Upstream.ToString()],
            site.File("bare-yarp.log"),
            new Uri($"http://127.0.0.1:{port}/health"));
        return new RunningTarget(this, port, process);
    }
}
