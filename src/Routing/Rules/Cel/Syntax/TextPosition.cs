namespace Gateway.Routing.Rules.Cel.Syntax;

/// <summary>A place in an expression's text.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
public readonly record struct TextPosition(int Line, int Column);
