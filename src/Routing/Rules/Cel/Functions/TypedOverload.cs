using Gateway.Routing.Rules.Cel.Evaluation;
using Gateway.Routing.Rules.Cel.Syntax;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel.Functions;

/// <summary>An overload of one operand.</summary>
internal sealed class TypedOverload<TIn, TOut>(CallStyle style, Operation<TIn, TOut> operation)
    : Overload(style, CelType.Of<TOut>(), CelType.Of<TIn>())
{
    public override Node Build(Node[] operands, CelType type, TextPosition at) => new CallNode<TIn, TOut>(operands[0].As<TIn>(), operation, type, at);

    public override CelFault Call(in CelValue first, in CelValue second, out CelValue result)
    {
        result = default;
        if (!first.TryGet<TIn>(out var operand))
            return CelFault.NoSuchOverload;
        var fault = operation(operand, out var typed);
        if (fault == CelFault.None)
            result = CelValue.From(typed);
        return fault;
    }
}

/// <summary>An overload of two operands.</summary>
internal sealed class TypedOverload<TLeft, TRight, TOut>(CallStyle style, Operation<TLeft, TRight, TOut> operation)
    : Overload(style, CelType.Of<TOut>(), CelType.Of<TLeft>(), CelType.Of<TRight>())
{
    public override Node Build(Node[] operands, CelType type, TextPosition at) =>
        new CallNode<TLeft, TRight, TOut>(operands[0].As<TLeft>(), operands[1].As<TRight>(), operation, type, at);

    public override CelFault Call(in CelValue first, in CelValue second, out CelValue result)
    {
        result = default;
        if (!first.TryGet<TLeft>(out var left) || !second.TryGet<TRight>(out var right))
            return CelFault.NoSuchOverload;
        var fault = operation(left, right, out var typed);
        if (fault == CelFault.None)
            result = CelValue.From(typed);
        return fault;
    }
}
