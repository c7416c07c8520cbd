namespace Gateway.Routing.Complexity;

/// <summary>The kind of work a word announces.</summary>
internal enum WordKind : byte
{
    Other,
    Reasoning,
    Math,
    Code,
    Constraint,
    SmallTalk,
    Lookup,
}
