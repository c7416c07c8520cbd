namespace Gateway.Routing.Rules.Cel.Syntax;

/// <summary>What is wrong with an expression, and where: a fault of its syntax, of a name or of a type.</summary>
public sealed record CelDiagnostic(TextPosition At, string Message);
