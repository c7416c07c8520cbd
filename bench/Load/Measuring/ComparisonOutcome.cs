using Gateway.Bench.Load.Scenarios;

namespace Gateway.Bench.Load.Measuring;

/// <summary>All that one scenario gave.</summary>
/// <param name="Scenario">What was asked.</param>
/// <param name="Measurements">One per round, phase and target.</param>
/// <param name="Skipped">Targets that did not take part, with the reason.</param>
public sealed record ComparisonOutcome(
    IScenario Scenario, IReadOnlyList<Measurement> Measurements, IReadOnlyDictionary<string, string> Skipped);
