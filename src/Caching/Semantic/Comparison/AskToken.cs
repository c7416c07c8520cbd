namespace Gateway.Caching.Semantic.Comparison;

/// <summary>A token of an ask, in the lexer's lower-case copy.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Case">How it was written.</param>
/// <param name="IsQuoted">Whether it stands between quotation marks or backticks.</param>
internal readonly record struct AskToken(int Start, int Length, TokenKind Kind, LetterCase Case, bool IsQuoted);

internal enum TokenKind : byte
{
    Word,

    /// <summary>Digits, with what may stand within them.</summary>
    Number,

    /// <summary>A path, an address, a version, a name with digits or capitals within.</summary>
    Identifier,

    /// <summary>An operator or a bracket of code; a sign of a currency or of percent is a unit.</summary>
    Symbol,

    Unit,

    Comma,

    /// <summary>A clause ends.</summary>
    Break,
}

internal enum LetterCase : byte
{
    Lower,
    Capital,
    Upper,
}
