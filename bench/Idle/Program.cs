using System.Globalization;
using Gateway.Bench.Idle;
using Gateway.Bench.Load;
using Gateway.Bench.Load.Report;
using Gateway.Bench.Load.Targets;
using Gateway.Bench.Load.Usage;

// What a fleet costs the gateway that has nothing to do: CPU of the gateway's process over twenty seconds, with one replica, with all of them
// and only their health probed, and with their metrics read as well. Each begins when what was started has been compiled for good, which on
// two busy cores takes most of a minute. src/Gateway must have been built in Release.
// dotnet run --project bench/Idle --configuration Release [-- REPLICAS [PAGE_BYTES]]
var replicas = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100;
var pageBytes = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100_000;
var (settling, window, time) = (TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(20), TimeProvider.System);

var layout = Layout.Find(new BenchOptions());
Console.WriteLine($"{Machine.Describe(time)}; {replicas} idle replicas, {pageBytes} bytes of metrics each");
Console.WriteLine("metrics   CPU of a core  scrapes/s  µs/scrape");
await using var fleet = await IdleFleet.StartAsync(replicas, pageBytes);
await MeasureAsync("nobody", "false", fleet.Addresses.Take(1), 0);
var unread = await MeasureAsync("unread", "false", fleet.Addresses, 0);
await MeasureAsync("read", "true", fleet.Addresses, unread);

async Task<double> MeasureAsync(string row, string scrape, IEnumerable<string> of, double floor)
{
    var folder = Path.Combine(layout.Work, "idle");
    Directory.CreateDirectory(folder);
    var (port, admin, config) = (FreePort.Take(), FreePort.Take(), Path.Combine(folder, "gateway.yaml"));
    await File.WriteAllTextAsync(
        config,
        $$"""
        server: { listen: "http://127.0.0.1:{{port}}", admin: "http://127.0.0.1:{{admin}}" }
        state: { directory: ":memory:" }
        pools:
          fleet:
            model: m
            replicas: [{{string.Join(", ", of)}}]
            metrics: { scrape: {{scrape}} }

        """);
    await using var gateway = await ServerProcess.StartAsync(
        ["dotnet", layout.GatewayDll, "serve", config], Path.Combine(folder, "gateway.log"), new Uri($"http://127.0.0.1:{admin}/readyz"));
    await Task.Delay(settling);
    var (cpu, scrapes, at) = (ProcessUsage.OfTree(gateway.Id).Cpu, fleet.Scrapes, time.GetTimestamp());
    await Task.Delay(window);
    var seconds = time.GetElapsedTime(at).TotalSeconds;
    var used = (ProcessUsage.OfTree(gateway.Id).Cpu - cpu).TotalSeconds;
    var done = fleet.Scrapes - scrapes;
    var each = done == 0 ? "-" : ((used - (floor * seconds)) / done * 1e6).ToString("0", CultureInfo.InvariantCulture);
    Console.WriteLine($"{row,-9} {used / seconds,13:0.00%}  {done / seconds,9:0.0}  {each,9}");
    return used / seconds;
}
