using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Gateway.Tests.Allocation;

/// <summary>A simulated vLLM in a process of its own, so that what it allocates is not counted as the gateway's.</summary>
internal sealed class SimulatorProcess : IDisposable
{
    private readonly Process _process;

    private SimulatorProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<SimulatorProcess> StartAsync(params string[] arguments)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}/");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])[typeof(Gateway.Simulator.SimulatedReplica).Assembly.Location, "--port", address.Port.ToString(), .. arguments])
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        await process.StandardOutput.ReadLineAsync();
        return new SimulatorProcess(process, address);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
