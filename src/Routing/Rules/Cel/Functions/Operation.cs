using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel.Functions;

/// <summary>What a function does with one operand.</summary>
internal delegate CelFault Operation<in TIn, TOut>(TIn operand, out TOut result);

/// <summary>What a function does with two operands.</summary>
internal delegate CelFault Operation<in TLeft, in TRight, TOut>(TLeft left, TRight right, out TOut result);
