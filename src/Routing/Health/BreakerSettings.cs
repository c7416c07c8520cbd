namespace Gateway.Routing.Health;

/// <summary>When a breaker opens and for how long.</summary>
/// <param name="Faults">Faults in a row that open it.</param>
/// <param name="Open">How long it stays open the first time; doubled at each further opening until a success.</param>
/// <param name="MaxOpen">The longest it stays open.</param>
public readonly record struct BreakerSettings(int Faults, TimeSpan Open, TimeSpan MaxOpen);
