using System.Globalization;
using Gateway.Bench.Fleet;
using Gateway.Bench.Fleet.Loads;

// Runs every policy of balancing on simulated fleets, and times a pick: bench/Fleet/README.md.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var replicas = args.Length > 1 ? int.Parse(args[1]) : 8;
var names = args.Length > 0 && args[0] != "all" ? args[0].Split(',') : Scenario.All.Select(s => s.Name).ToArray();
string[] policies = args.Length > 2 ? args[2].Split(',') : ["round_robin", "least_busy", "prefix_hash", "cost"];
foreach (var scenario in Scenario.All.Where(s => names.Contains(s.Name)))
{
    foreach (var policy in policies)
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        var closed = new FleetRun(scenario, policy, new RunShape(replicas, false, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(60), 1)).Run();
        var open = new FleetRun(scenario, policy, new RunShape(replicas, true, TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(90), 2)).Run();
        Console.WriteLine($"{scenario.Name,-8} {policy,-12} closed {closed.Throughput,7:0.0}/s ttft {closed.FirstToken(0.5),6:0.00} {closed.FirstToken(0.99),6:0.00} hit {closed.HitRate:0.00} | open {open.Throughput,6:0.0}/s ttft {open.FirstToken(0.5),7:0.000} {open.FirstToken(0.99),7:0.000} good {open.Goodput,6:0.0} rej {open.Rejected,5}/{open.Offered,5} hit {open.HitRate:0.00}  [{System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds:0.0}s]");
    }
}
