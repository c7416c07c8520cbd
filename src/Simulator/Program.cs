using System.Runtime.InteropServices;
using Gateway.Simulator;
using Gateway.Simulator.Hosting;

if (!CommandLine.TryRead(args, out var started, out var answer))
{
    await Console.Error.WriteLineAsync(answer);
    return 2;
}
if (started is null)
{
    Console.WriteLine(answer);
    return 0;
}

await using var replica = await SimulatedReplica.StartAsync(started.Options);
replica.Faults.Always = started.Fault;
var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
Console.WriteLine($"Simulated {started.Options.Model} listening on {replica.Address}");
await stop.Task;
await replica.TerminateAsync();
return 0;

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.TrySetResult();
}
