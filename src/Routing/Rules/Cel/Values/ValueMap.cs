namespace Gateway.Routing.Rules.Cel.Values;

/// <summary>A map that holds its entries: of a literal.</summary>
public sealed class ValueMap : CelMap
{
    private readonly Dictionary<CelValue, CelValue> _entries;

    public ValueMap(int capacity = 0) => _entries = new Dictionary<CelValue, CelValue>(capacity, CelEquality.Comparer);

    public override int Count => _entries.Count;

    public override CelList Keys => field ??= new ValueList([.. _entries.Keys]);

    public CelFault Add(in CelValue key, in CelValue value)
    {
        if (key.Kind is not (CelKind.Bool or CelKind.Int or CelKind.Uint or CelKind.Text))
            return CelFault.UnsupportedKey;
        return _entries.TryAdd(key, value) ? CelFault.None : CelFault.RepeatedKey;
    }

    public override bool TryGet(in CelValue key, out CelValue value) => _entries.TryGetValue(key, out value);
}
