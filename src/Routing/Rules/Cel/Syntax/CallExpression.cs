using System.Collections.Immutable;

namespace Gateway.Routing.Rules.Cel.Syntax;

/// <summary>A function, an operator or a macro with its operands; operators are named as in the specification: <c>_+_</c>.</summary>
/// <param name="At">Where the function's name stands.</param>
/// <param name="Function">Its name.</param>
/// <param name="Target">What stands before the dot.</param>
/// <param name="Arguments">What stands between the parentheses.</param>
internal sealed record CallExpression(TextPosition At, string Function, Expression? Target, ImmutableArray<Expression> Arguments) : Expression(At);

/// <summary><c>operand.field</c>: a field of a map, or part of a name with dots.</summary>
internal sealed record SelectExpression(TextPosition At, Expression Operand, string Field) : Expression(At);

internal sealed record ListExpression(TextPosition At, ImmutableArray<Expression> Elements) : Expression(At);

internal sealed record MapExpression(TextPosition At, ImmutableArray<(Expression Key, Expression Value)> Entries) : Expression(At);
