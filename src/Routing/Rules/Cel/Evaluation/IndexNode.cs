using Gateway.Routing.Rules.Cel.Syntax;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel.Evaluation;

/// <summary><c>operand[index]</c> of a list or a map, and <c>operand.field</c> of a map.</summary>
/// <param name="operand">What is indexed.</param>
/// <param name="index">The index or key.</param>
/// <param name="isField">Whether it was written as a field: lists then have none.</param>
/// <param name="type">The type of what is found.</param>
/// <param name="at">Where it stands.</param>
internal sealed class IndexNode(Node<CelValue> operand, Node<CelValue> index, bool isField, CelType type, TextPosition at)
    : Node<CelValue>(type, at)
{
    public override bool IsConstant => operand.IsConstant && index.IsConstant;

    public override bool TryEvaluate(ref Frame frame, out CelValue value)
    {
        value = default;
        if (!operand.TryEvaluate(ref frame, out var held) || !index.TryEvaluate(ref frame, out var key))
            return false;
        if (held.Kind == CelKind.Map)
            return held.AsMap.TryGet(key, out value) || frame.Fail(CelFault.NoSuchKey, At);
        if (held.Kind != CelKind.List || isField || Position(key) is not { } position)
            return frame.Fail(CelFault.NoSuchOverload, At);
        var list = held.AsList;
        if (position < 0 || position >= list.Count)
            return frame.Fail(CelFault.IndexOutOfRange, At);
        value = list[(int)position];
        return true;
    }

    private static long? Position(in CelValue key) => key.Kind switch
    {
        CelKind.Int => key.AsInt,
        CelKind.Uint => (long)Math.Min(key.AsUint, long.MaxValue),
        CelKind.Double when double.IsInteger(key.AsDouble) => (long)key.AsDouble,
        _ => null,
    };
}

/// <summary><c>has(operand.field)</c>: whether a map has the key.</summary>
internal sealed class HasNode(Node<CelValue> operand, string field, TextPosition at) : Node<bool>(CelType.Bool, at)
{
    private readonly CelValue _key = CelValue.Of(field);

    public override bool IsConstant => operand.IsConstant;

    public override bool TryEvaluate(ref Frame frame, out bool value)
    {
        value = false;
        if (!operand.TryEvaluate(ref frame, out var held))
            return false;
        if (held.Kind != CelKind.Map)
            return frame.Fail(CelFault.NoSuchOverload, At);
        value = held.AsMap.TryGet(_key, out _);
        return true;
    }
}

/// <summary><c>value in container</c>: an element of a list, a key of a map.</summary>
internal sealed class InNode(Node<CelValue> element, Node<CelValue> container, TextPosition at) : Node<bool>(CelType.Bool, at)
{
    public override bool IsConstant => element.IsConstant && container.IsConstant;

    public override bool TryEvaluate(ref Frame frame, out bool value)
    {
        value = false;
        if (!element.TryEvaluate(ref frame, out var sought) || !container.TryEvaluate(ref frame, out var held))
            return false;
        if (held.Kind is not (CelKind.List or CelKind.Map))
            return frame.Fail(CelFault.NoSuchOverload, At);
        value = held.Kind == CelKind.List ? held.AsList.Contains(sought) : held.AsMap.TryGet(sought, out _);
        return true;
    }
}
