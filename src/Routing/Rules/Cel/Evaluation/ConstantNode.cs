using Gateway.Routing.Rules.Cel.Syntax;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel.Evaluation;

/// <summary>A value that is known when the configuration loads.</summary>
internal sealed class ConstantNode<T>(T value, CelType type, TextPosition at) : Node<T>(type, at)
{
    public override bool IsConstant => true;

    public T Value { get; } = value;

    public override bool TryEvaluate(ref Frame frame, out T value)
    {
        value = Value;
        return true;
    }

    public override Node<CelValue> AsDynamic() => this as Node<CelValue> ?? new ConstantNode<CelValue>(CelValue.From(Value), Type, At);
}

/// <summary>What always fails: a name or an operation that means nothing, where checking was waived.</summary>
internal sealed class FaultNode(CelFault fault, TextPosition at) : Node<CelValue>(CelType.Dyn, at)
{
    public override bool TryEvaluate(ref Frame frame, out CelValue value)
    {
        value = default;
        return frame.Fail(fault, At);
    }
}
