namespace Gateway.Routing.Complexity.Features;

/// <summary>The kind of work, or of question, that a word announces.</summary>
internal enum WordClass : byte
{
    None,
    What,
    Which,
    Who,
    When,
    Where,
    Why,
    How,
    Quantity,
    Explain,
    Compute,
    Prove,
    Write,
    Compare,
    Logic,
    Negation,
    Constraint,
    Code,
    Maths,
    Time,
    Addressee,
    Stop,
}
