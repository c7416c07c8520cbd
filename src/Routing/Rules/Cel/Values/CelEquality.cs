namespace Gateway.Routing.Rules.Cel.Values;

/// <summary>Equality of values: numbers by what they count, whatever their type; lists and maps by what they hold; else by type.</summary>
public static class CelEquality
{
    /// <summary>For dictionaries: 1, 1u and 1.0 are one key.</summary>
    public static IEqualityComparer<CelValue> Comparer { get; } = new ValueComparer();

    public static bool AreEqual(in CelValue one, in CelValue other)
    {
        if (IsNumber(one.Kind) && IsNumber(other.Kind))
            return CelOrder.CompareNumbers(one, other) == 0;
        if (one.Kind != other.Kind)
            return false;
        return one.Kind switch
        {
            CelKind.Null => true,
            CelKind.Bool => one.AsBool == other.AsBool,
            CelKind.Text => one.AsText == other.AsText,
            CelKind.Bytes => one.AsBytes.AsSpan().SequenceEqual(other.AsBytes),
            CelKind.List => AreEqual(one.AsList, other.AsList),
            CelKind.Map => AreEqual(one.AsMap, other.AsMap),
            CelKind.Timestamp => one.AsTimestamp == other.AsTimestamp,
            CelKind.Duration => one.AsDuration == other.AsDuration,
            _ => one.AsType.Name == other.AsType.Name,
        };
    }

    private static bool IsNumber(CelKind kind) => kind is CelKind.Int or CelKind.Uint or CelKind.Double;

    private static bool AreEqual(CelList one, CelList other)
    {
        if (one.Count != other.Count)
            return false;
        for (var i = 0; i < one.Count; i++)
        {
            if (!AreEqual(one[i], other[i]))
                return false;
        }

        return true;
    }

    private static bool AreEqual(CelMap one, CelMap other)
    {
        if (one.Count != other.Count)
            return false;
        var keys = one.Keys;
        for (var i = 0; i < keys.Count; i++)
        {
            var key = keys[i];
            if (!one.TryGet(key, out var value) || !other.TryGet(key, out var counterpart) || !AreEqual(value, counterpart))
                return false;
        }

        return true;
    }

    private sealed class ValueComparer : IEqualityComparer<CelValue>
    {
        public bool Equals(CelValue x, CelValue y) => AreEqual(x, y);

        public int GetHashCode(CelValue obj) => obj.Kind switch
        {
            CelKind.Bool => obj.AsBool.GetHashCode(),
            CelKind.Int => ((double)obj.AsInt).GetHashCode(),
            CelKind.Uint => ((double)obj.AsUint).GetHashCode(),
            CelKind.Double => obj.AsDouble.GetHashCode(),
            CelKind.Text => obj.AsText.GetHashCode(StringComparison.Ordinal),
            _ => (int)obj.Kind,
        };
    }
}
