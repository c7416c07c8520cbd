using Gateway.Routing.Rules.Cel.Functions;
using Gateway.Routing.Rules.Cel.Syntax;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel.Evaluation;

/// <summary>A function of one operand whose type is known.</summary>
internal sealed class CallNode<TIn, TOut>(Node<TIn> operand, Operation<TIn, TOut> operation, CelType type, TextPosition at) : Node<TOut>(type, at)
{
    public override bool IsConstant => operand.IsConstant;

    public override bool TryEvaluate(ref Frame frame, out TOut value)
    {
        if (!operand.TryEvaluate(ref frame, out var input))
        {
            value = default!;
            return false;
        }

        var fault = operation(input, out value);
        return fault == CelFault.None || frame.Fail(fault, At);
    }
}

/// <summary>A function of two operands whose types are known.</summary>
internal sealed class CallNode<TLeft, TRight, TOut>(
    Node<TLeft> left, Node<TRight> right, Operation<TLeft, TRight, TOut> operation, CelType type, TextPosition at) : Node<TOut>(type, at)
{
    public override bool IsConstant => left.IsConstant && right.IsConstant;

    public override bool TryEvaluate(ref Frame frame, out TOut value)
    {
        if (!left.TryEvaluate(ref frame, out var first) || !right.TryEvaluate(ref frame, out var second))
        {
            value = default!;
            return false;
        }

        var fault = operation(first, second, out value);
        return fault == CelFault.None || frame.Fail(fault, At);
    }
}

/// <summary>A function whose overload is found at run time, by what its operands are.</summary>
internal sealed class DynamicCallNode(Overload[] candidates, Node<CelValue>[] operands, CelType type, TextPosition at) : Node<CelValue>(type, at)
{
    public override bool IsConstant => Array.TrueForAll(operands, operand => operand.IsConstant);

    public override bool TryEvaluate(ref Frame frame, out CelValue value)
    {
        CelValue second = default;
        if (!operands[0].TryEvaluate(ref frame, out var first) || operands.Length > 1 && !operands[1].TryEvaluate(ref frame, out second))
        {
            value = default;
            return false;
        }

        foreach (var overload in candidates)
        {
            if (!overload.Takes(first, second, operands.Length))
                continue;
            var fault = overload.Call(first, second, out value);
            return fault == CelFault.None || frame.Fail(fault, At);
        }

        value = default;
        return frame.Fail(CelFault.NoSuchOverload, At);
    }
}
