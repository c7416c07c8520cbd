using System.Collections.Frozen;

namespace Gateway.Routing.Balancing;

/// <summary>The balancing policies by the name the configuration uses. A pool gets a picker of its own.</summary>
public static class ReplicaPickers
{
    private static readonly FrozenDictionary<string, Func<Random, IReplicaPicker>> ByName =
        new Dictionary<string, Func<Random, IReplicaPicker>>
        {
            ["least_busy"] = chance => new LeastBusyPicker(chance),
            ["round_robin"] = _ => new RoundRobinPicker(),
        }.ToFrozenDictionary();

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    public static IReplicaPicker Create(string name, Random chance) => ByName[name](chance);
}
