namespace Gateway.Routing.Health;

/// <summary>How far probes are believed, and how newcomers begin.</summary>
/// <param name="Panic">Share of a pool's members below which the reachable ones are too few to be believed; 0: never.</param>
/// <param name="SlowStart">How long a newcomer takes to get its full share; zero: none.</param>
public readonly record struct HealthSettings(double Panic, TimeSpan SlowStart);
