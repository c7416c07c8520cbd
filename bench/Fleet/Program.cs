using System.Globalization;
using Gateway.Bench.Fleet;
using Gateway.Bench.Fleet.Report;
using Gateway.Bench.Fleet.Timing;

// Runs the policies of balancing on simulated fleets in virtual time, and times a pick: bench/Fleet/README.md.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (Arguments.Read(args) is not { } asked)
{
    Console.Error.WriteLine(Arguments.Usage);
    return 64;
}

if (asked.TimesPicks)
{
    PickTiming.Print(Console.Out);
    return 0;
}

var table = new Table(Console.Out);
var shape = new RunShape(asked.Replicas, asked.Gateways, asked.Seed) { Load = asked.Load, Admits = asked.Admits };
foreach (var scenario in asked.Scenarios)
{
    table.Begin(scenario.Name, asked.Replicas, asked.Gateways);
    foreach (var policy in asked.Policies)
        table.Add(policy, new FleetRun(scenario, policy, shape with { IsOpen = false }).Run(), new FleetRun(scenario, policy, shape).Run());
    table.End();
}

return 0;
