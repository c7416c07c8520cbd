using System.Collections.Frozen;

namespace Gateway.Bench.Load.Scenarios;

/// <summary>The scenarios by name; a new one is one class and one line here.</summary>
public static class ScenarioCatalog
{
    private static readonly FrozenDictionary<string, Func<BenchOptions, IScenario>> ByName =
        new Dictionary<string, Func<BenchOptions, IScenario>>
        {
            ["plain"] = options => new PlainScenario(options),
            ["burst"] = options => new BurstStreamScenario(options),
            ["paced"] = options => new PacedStreamScenario(options),
        }.ToFrozenDictionary();

    /// <summary>The names, in the order they run.</summary>
    public static IReadOnlyList<string> Names { get; } = ["plain", "burst", "paced"];

    /// <summary>Builds the one of that name.</summary>
    public static IScenario Build(string name, BenchOptions options) => ByName[name](options);
}
