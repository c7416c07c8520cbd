namespace Gateway.Bench.Load.Targets;

/// <summary>The upstream of all targets: a vLLM that needs no GPU.</summary>
public static class SimulatorServer
{
    /// <summary>The model it serves.</summary>
    public const string Model = "Qwen/Qwen3-8B";

    /// <summary>Starts it on a port of its own.</summary>
    /// <param name="layout">Where it lies.</param>
    /// <param name="arguments">How fast it answers.</param>
    /// <param name="logFile">Where its output goes.</param>
    /// <param name="port">Loopback port to listen on.</param>
    public static Task<ServerProcess> StartAsync(Layout layout, IReadOnlyList<string> arguments, string logFile, int port) =>
        ServerProcess.StartAsync(
            ["dotnet", layout.SimulatorDll, "--model", Model, "--port", $"{port}", .. arguments],
            logFile,
            new Uri($"http://127.0.0.1:{port}/health"));
}
