using System.Net;
using Gateway.Bench.Load;
using Gateway.Bench.Load.Targets;

namespace Gateway.Bench.Caching.Hits;

/// <summary>The gateway as a process of its own, built in Release, before a simulated replica that answers at once.</summary>
public sealed class HitSite : IAsyncDisposable
{
    private const string Pool = "slm";

    private readonly ServerProcess _replica;
    private readonly ServerProcess _gateway;

    private HitSite(ServerProcess replica, ServerProcess gateway, IPEndPoint callers, IPEndPoint admin)
    {
        (_replica, _gateway) = (replica, gateway);
        Asks = [HitAsk.Liveness(admin), .. HitAsk.Chats(callers, Pool)];
    }

    /// <summary>What can be timed here; the first is what the others are held against.</summary>
    public IReadOnlyList<HitAsk> Asks { get; }

    /// <summary>The gateway's process.</summary>
    public int Process => _gateway.Id;

    /// <summary>Starts both, and has the entry stored that the hits find.</summary>
    /// <exception cref="TargetFailedException">One did not come up, or there is no hit.</exception>
    public static async Task<HitSite> StartAsync()
    {
        var layout = Layout.Find(new BenchOptions());
        var folder = Path.Combine(layout.Work, "hit");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        var (port, admin, upstream) = (FreePort.Take(), FreePort.Take(), FreePort.Take());
        var config = Path.Combine(folder, "gateway.yaml");
        await File.WriteAllTextAsync(config, Configuration(port, admin, upstream, folder));
        var replica = await SimulatorServer.StartAsync(layout, ["--preset", "instant"], Path.Combine(folder, "simulator.log"), upstream);
        ServerProcess? gateway = null;
        try
        {
            gateway = await ServerProcess.StartAsync(
                ["dotnet", layout.GatewayDll, "serve", config], Path.Combine(folder, "gateway.log"), new Uri($"http://127.0.0.1:{admin}/readyz"));
            var site = new HitSite(replica, gateway, new IPEndPoint(IPAddress.Loopback, port), new IPEndPoint(IPAddress.Loopback, admin));
            await site.StoreAsync();
            return site;
        }
        catch
        {
            if (gateway is not null)
                await gateway.DisposeAsync();
            await replica.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _replica.DisposeAsync();
    }

    /// <summary>Defaults but for two things, neither of which a hit pays for: no hit is checked in the background, and a busy machine makes no hit a miss.</summary>
    private static string Configuration(int port, int admin, int upstream, string folder) =>
        $$"""
        server: { listen: "http://127.0.0.1:{{port}}", admin: "http://127.0.0.1:{{admin}}" }
        state: { directory: "{{Path.Combine(folder, "state")}}" }
        pools:
          {{Pool}}: { model: {{SimulatorServer.Model}}, replicas: [http://127.0.0.1:{{upstream}}] }
        cache:
          budget: 1s
          semantic: { checked: 0 }

        """;

    /// <summary>An answer is stored after its caller has it; the hits are asked for until they are there.</summary>
    private async Task StoreAsync()
    {
        foreach (var ask in Asks)
        {
            using var caller = new HitCaller(ask);
            for (var left = 50; ; left--)
            {
                caller.Call();
                if (caller.IsAsMeant)
                    break;
                // A rewording that missed is an entry itself, and would never again be one that hits by meaning.
                if (left == 0 || (ask.AtOnce == 1 && !caller.Said.StartsWith("hit", StringComparison.Ordinal)))
                    throw new TargetFailedException($"{ask.Name}: x-gateway-cache says '{caller.Said}'");
                await Task.Delay(100);
            }

            // The vector is stored after the answer is.
            await Task.Delay(200);
        }
    }
}
