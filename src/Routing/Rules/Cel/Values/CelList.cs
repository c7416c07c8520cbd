namespace Gateway.Routing.Rules.Cel.Values;

/// <summary>A list that expressions may index, search and walk. What holds the elements need not hold them as values.</summary>
public abstract class CelList
{
    public abstract int Count { get; }

    /// <param name="index">From 0 to one less than <see cref="Count"/>.</param>
    public abstract CelValue this[int index] { get; }

    public virtual bool Contains(in CelValue value)
    {
        for (var i = 0; i < Count; i++)
        {
            if (CelEquality.AreEqual(this[i], value))
                return true;
        }

        return false;
    }
}
