namespace Gateway.Bench.Load.Scenarios;

/// <summary>One way of loading a target within a scenario.</summary>
/// <param name="Name">Named by the columns that read from it.</param>
/// <param name="RatePerSecond">Arrivals per second (open loop); null for as many as the target takes (closed loop).</param>
/// <param name="Concurrency">Closed loop: requests under way. Open loop: the most there may be.</param>
/// <param name="LeadIn">Load before the window opens, until a steady state.</param>
/// <param name="Window">How long is measured.</param>
public sealed record Phase(string Name, double? RatePerSecond, int Concurrency, TimeSpan LeadIn, TimeSpan Window);
