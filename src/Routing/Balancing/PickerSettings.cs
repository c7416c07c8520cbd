namespace Gateway.Routing.Balancing;

/// <summary>What a picker is made with.</summary>
/// <param name="Chance">Where it draws.</param>
/// <param name="Time">The clock.</param>
/// <param name="FirstTokenObjective">How soon answers shall begin; what a warm cache may cost is bounded by half of it.</param>
public sealed record PickerSettings(Random Chance, TimeProvider Time, TimeSpan FirstTokenObjective);
