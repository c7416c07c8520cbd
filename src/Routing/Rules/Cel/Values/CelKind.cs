namespace Gateway.Routing.Rules.Cel.Values;

/// <summary>What a value is at run time.</summary>
public enum CelKind : byte
{
    Null,
    Bool,
    Int,
    Uint,
    Double,
    Text,
    Bytes,
    List,
    Map,
    Timestamp,
    Duration,
    Type,
}
