namespace Gateway.Routing.Rules.Cel.Values;

/// <summary>A map that expressions may look up, count and walk by key. What holds the entries need not hold them as values.</summary>
public abstract class CelMap
{
    public abstract int Count { get; }

    /// <summary>The keys, in the order in which a macro walks them.</summary>
    public abstract CelList Keys { get; }

    public abstract bool TryGet(in CelValue key, out CelValue value);
}
