namespace Gateway.Caching.Semantic.Comparison;

/// <summary>A word of an ask that bears content, or a number, or a name.</summary>
/// <param name="Key">The same for words that mean the same.</param>
/// <param name="Stem">The same for the forms of one word.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Role">The preposition before it, as far as it governs it.</param>
/// <param name="IsJoined">Whether and, or, a comma or the like ties it to the item before.</param>
/// <param name="IsOptional">Whether the other ask may do without, as long as it has no such word itself.</param>
internal readonly record struct AskItem(ulong Key, ulong Stem, ItemKind Kind, Preposition Role, bool IsJoined, bool IsOptional);

/// <summary>Kinds of items, each with the difference that it makes.</summary>
internal enum ItemKind : byte
{
    Word,
    Number,
    Unit,
    Identifier,
    Quotation,
    Name,
    Form,
}

/// <summary>Prepositions that say what part something plays.</summary>
internal enum Preposition : byte
{
    None,
    From,
    To,
    Of,
    By,
    In,
    For,
    With,
    Than,
    About,
    Over,
    As,
}

/// <summary>What an ask asks for.</summary>
internal enum QuestionKind : byte
{
    /// <summary>Nothing that a question word says: a wish, a statement, keywords.</summary>
    None,
    What,
    How,
    HowMany,

    /// <summary>How old, how good.</summary>
    HowFar,
    Why,
    When,
    Where,
    Who,
    YesNo,
}
