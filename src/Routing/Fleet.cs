using System.Collections.Frozen;

namespace Gateway.Routing;

/// <summary>All pools by name: an immutable snapshot, replaced whole when the configuration changes.</summary>
public sealed class Fleet(IEnumerable<Pool> pools)
{
    private readonly FrozenDictionary<string, Pool> _pools = pools.ToFrozenDictionary(pool => pool.Name);

    public IEnumerable<Pool> Pools => _pools.Values;

    public Pool this[string name] => _pools[name];

    public Pool? Find(string name) => _pools.GetValueOrDefault(name);
}
