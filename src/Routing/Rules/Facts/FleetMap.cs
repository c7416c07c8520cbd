using System.Collections.Frozen;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Facts;

/// <summary>All pools by name, as rules see them; made once for a fleet.</summary>
public sealed class FleetMap : CelMap
{
    private readonly FrozenDictionary<string, PoolMap> _pools;

    public FleetMap(Fleet fleet)
    {
        _pools = fleet.Pools.ToFrozenDictionary(pool => pool.Name, pool => new PoolMap(pool), StringComparer.Ordinal);
        Keys = new ValueList([.. _pools.Keys.Order(StringComparer.Ordinal).Select(CelValue.Of)]);
    }

    public override int Count => _pools.Count;

    public override CelList Keys { get; }

    public override bool TryGet(in CelValue key, out CelValue value)
    {
        var pool = key.Kind == CelKind.Text ? Find(key.AsText) : null;
        value = pool is null ? CelValue.Null : CelValue.Of(pool);
        return pool is not null;
    }

    internal PoolMap? Find(string name) => _pools.GetValueOrDefault(name);
}
