namespace Gateway.Routing.Rules.Cel.Values;

/// <summary>A type as the checker knows it: a kind, and for lists and maps what they hold.</summary>
public sealed record CelType
{
    private CelType(string name, CelKind? kind, CelType? key = null, CelType? element = null)
    {
        Name = name;
        Kind = kind;
        Key = key;
        Element = element;
    }

    public static CelType Null { get; } = new("null_type", CelKind.Null);

    public static CelType Bool { get; } = new("bool", CelKind.Bool);

    public static CelType Int { get; } = new("int", CelKind.Int);

    public static CelType Uint { get; } = new("uint", CelKind.Uint);

    public static CelType Double { get; } = new("double", CelKind.Double);

    public static CelType Text { get; } = new("string", CelKind.Text);

    public static CelType Bytes { get; } = new("bytes", CelKind.Bytes);

    public static CelType Timestamp { get; } = new("google.protobuf.Timestamp", CelKind.Timestamp);

    public static CelType Duration { get; } = new("google.protobuf.Duration", CelKind.Duration);

    /// <summary>The type of types.</summary>
    public static CelType Type { get; } = new("type", CelKind.Type);

    /// <summary>Any type; what is done with the value is checked when it is done.</summary>
    public static CelType Dyn { get; } = new("dyn", null);

    /// <summary>What an empty list or map holds: as yet nothing, so it joins with anything.</summary>
    public static CelType Unknown { get; } = new("dyn", null);

    public static CelType AnyList { get; } = ListOf(Dyn);

    public static CelType AnyMap { get; } = MapOf(Dyn, Dyn);

    /// <summary>The name by which expressions denote the type.</summary>
    public string Name { get; }

    /// <summary>Null for <c>dyn</c>, whose values say themselves what they are.</summary>
    public CelKind? Kind { get; }

    /// <summary>What a map is keyed by.</summary>
    public CelType? Key { get; }

    /// <summary>What a list or a map holds.</summary>
    public CelType? Element { get; }

    public bool IsDynamic => Kind is null;

    public bool IsNumber => Kind is CelKind.Int or CelKind.Uint or CelKind.Double;

    public static CelType ListOf(CelType element) => new("list", CelKind.List, element: element);

    public static CelType MapOf(CelType key, CelType element) => new("map", CelKind.Map, key, element);

    /// <summary>The type of a value at run time; lists and maps do not remember what they were declared to hold.</summary>
    public static CelType OfKind(CelKind kind) => kind switch
    {
        CelKind.Null => Null,
        CelKind.Bool => Bool,
        CelKind.Int => Int,
        CelKind.Uint => Uint,
        CelKind.Double => Double,
        CelKind.Text => Text,
        CelKind.Bytes => Bytes,
        CelKind.List => AnyList,
        CelKind.Map => AnyMap,
        CelKind.Timestamp => Timestamp,
        CelKind.Duration => Duration,
        _ => Type,
    };

    /// <summary>The type that the representation <typeparamref name="T"/> stands for.</summary>
    public static CelType Of<T>()
    {
        var type = typeof(T);
        return type == typeof(bool) ? Bool
            : type == typeof(long) ? Int
            : type == typeof(ulong) ? Uint
            : type == typeof(double) ? Double
            : type == typeof(string) ? Text
            : type == typeof(byte[]) ? Bytes
            : type == typeof(CelTimestamp) ? Timestamp
            : type == typeof(CelDuration) ? Duration
            : type == typeof(CelType) ? Type
            : type == typeof(CelList) ? AnyList
            : type == typeof(CelMap) ? AnyMap
            : Dyn;
    }

    /// <summary>Whether values of the two types may be compared and handed to one another; <c>dyn</c> goes with everything.</summary>
    public static bool AreCompatible(CelType one, CelType other)
    {
        if (one.IsDynamic || other.IsDynamic)
            return true;
        if (one.Kind != other.Kind)
            return IsNullable(one) && other.Kind == CelKind.Null || IsNullable(other) && one.Kind == CelKind.Null;
        return (one.Key is null || AreCompatible(one.Key, other.Key!)) && (one.Element is null || AreCompatible(one.Element, other.Element!));
    }

    /// <summary>The narrowest type that holds values of both.</summary>
    public static CelType Join(CelType one, CelType other)
    {
        if (ReferenceEquals(one, Unknown))
            return other;
        if (ReferenceEquals(other, Unknown) || one == other)
            return one;
        if (one.Kind != other.Kind || one.IsDynamic)
            return Dyn;
        return one.Kind switch
        {
            CelKind.List => ListOf(Join(one.Element!, other.Element!)),
            CelKind.Map => MapOf(Join(one.Key!, other.Key!), Join(one.Element!, other.Element!)),
            _ => Dyn,
        };
    }

    /// <summary>As the specification writes types: <c>map(string, list(int))</c>.</summary>
    public override string ToString() => Kind switch
    {
        CelKind.List => $"list({Element})",
        CelKind.Map => $"map({Key}, {Element})",
        CelKind.Null => "null",
        CelKind.Timestamp => "timestamp",
        CelKind.Duration => "duration",
        _ => Name,
    };

    private static bool IsNullable(CelType type) => type.Kind is CelKind.Timestamp or CelKind.Duration;
}
