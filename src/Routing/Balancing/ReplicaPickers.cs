using System.Collections.Frozen;

namespace Gateway.Routing.Balancing;

/// <summary>The balancing policies by the name the configuration uses. A pool gets a picker of its own.</summary>
public static class ReplicaPickers
{
    private static readonly FrozenDictionary<string, Func<PickerSettings, IReplicaPicker>> ByName =
        new Dictionary<string, Func<PickerSettings, IReplicaPicker>>
        {
            ["cost"] = settings => new CostPicker(settings),
            ["least_busy"] = settings => new LeastBusyPicker(settings.Chance),
            ["prefix_hash"] = settings => new PrefixHashPicker(settings.Chance),
            ["round_robin"] = _ => new RoundRobinPicker(),
        }.ToFrozenDictionary();

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    public static IReplicaPicker Create(string name, PickerSettings settings) => ByName[name](settings);
}
