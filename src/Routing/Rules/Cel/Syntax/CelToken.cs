using Superpower.Display;

namespace Gateway.Routing.Rules.Cel.Syntax;

/// <summary>The words of the language.</summary>
internal enum CelToken
{
    [Token(Description = "name")]
    Name,

    /// <summary>A field's name between back-ticks.</summary>
    [Token(Description = "quoted name")]
    QuotedName,

    [Token(Description = "integer")]
    Int,

    [Token(Description = "unsigned integer")]
    Uint,

    [Token(Description = "number")]
    Double,

    [Token(Description = "string")]
    Text,

    [Token(Description = "bytes")]
    Bytes,

    [Token(Example = "true")]
    True,

    [Token(Example = "false")]
    False,

    [Token(Example = "null")]
    Null,

    [Token(Example = "in")]
    In,

    [Token(Example = "?")]
    Question,

    [Token(Example = ":")]
    Colon,

    [Token(Example = "||")]
    Or,

    [Token(Example = "&&")]
    And,

    [Token(Example = "==")]
    Equal,

    [Token(Example = "!=")]
    NotEqual,

    [Token(Example = "<")]
    Less,

    [Token(Example = "<=")]
    LessOrEqual,

    [Token(Example = ">")]
    Greater,

    [Token(Example = ">=")]
    GreaterOrEqual,

    [Token(Example = "+")]
    Plus,

    [Token(Example = "-")]
    Minus,

    [Token(Example = "*")]
    Times,

    [Token(Example = "/")]
    Divide,

    [Token(Example = "%")]
    Remainder,

    [Token(Example = "!")]
    Not,

    [Token(Example = ".")]
    Dot,

    [Token(Example = ",")]
    Comma,

    [Token(Example = "(")]
    OpenParenthesis,

    [Token(Example = ")")]
    CloseParenthesis,

    [Token(Example = "[")]
    OpenBracket,

    [Token(Example = "]")]
    CloseBracket,

    [Token(Example = "{")]
    OpenBrace,

    [Token(Example = "}")]
    CloseBrace,
}
