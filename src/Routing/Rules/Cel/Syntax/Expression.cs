using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel.Syntax;

/// <summary>A parsed expression, before names and types are looked at.</summary>
internal abstract record Expression(TextPosition At);

/// <summary>A value written out.</summary>
internal sealed record LiteralExpression(TextPosition At, CelValue Value) : Expression(At);

/// <summary>A whole number without its sign: only with one before it may it be 2^63.</summary>
internal sealed record MagnitudeExpression(TextPosition At, ulong Value) : Expression(At);

/// <summary>A name. With a dot before it, it is never a macro's variable.</summary>
internal sealed record NameExpression(TextPosition At, string Name, bool IsRooted) : Expression(At);
