namespace Gateway.Simulator.Hosting;

/// <summary>What the process was asked to start.</summary>
/// <param name="Options">The replica.</param>
/// <param name="Fault">The fault of every request, or null.</param>
internal sealed record StartOrder(SimulatorOptions Options, Fault? Fault);
