using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel.Evaluation;

/// <summary>A typed piece where any type is taken.</summary>
internal sealed class WrapNode<T>(Node<T> inner) : Node<CelValue>(inner.Type, inner.At)
{
    public override bool IsConstant => inner.IsConstant;

    public override bool TryEvaluate(ref Frame frame, out CelValue value)
    {
        if (!inner.TryEvaluate(ref frame, out var typed))
        {
            value = default;
            return false;
        }

        value = CelValue.From(typed);
        return true;
    }
}

/// <summary>A piece of any type where one type is wanted.</summary>
internal sealed class UnwrapNode<T>(Node<CelValue> inner, CelType type) : Node<T>(type, inner.At)
{
    public override bool IsConstant => inner.IsConstant;

    public override bool TryEvaluate(ref Frame frame, out T value)
    {
        if (inner.TryEvaluate(ref frame, out var any))
            return any.TryGet(out value) || frame.Fail(CelFault.NoSuchOverload, At);
        value = default!;
        return false;
    }
}
