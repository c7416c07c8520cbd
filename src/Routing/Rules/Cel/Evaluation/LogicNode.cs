using Gateway.Routing.Rules.Cel.Syntax;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel.Evaluation;

/// <summary><c>&amp;&amp;</c> and <c>||</c>: an operand that decides the outcome absorbs an error of the other.</summary>
/// <param name="left">The operand that is looked at first.</param>
/// <param name="right">The other.</param>
/// <param name="deciding">The value that decides: false for <c>&amp;&amp;</c>, true for <c>||</c>.</param>
/// <param name="at">Where the operator stands.</param>
internal sealed class LogicNode(Node<bool> left, Node<bool> right, bool deciding, TextPosition at) : Node<bool>(CelType.Bool, at)
{
    public override bool IsConstant => left.IsConstant && right.IsConstant;

    public override bool TryEvaluate(ref Frame frame, out bool value)
    {
        if (left.TryEvaluate(ref frame, out value))
            return value == deciding || right.TryEvaluate(ref frame, out value);
        var (fault, place) = (frame.Fault, frame.FaultAt);
        return right.TryEvaluate(ref frame, out value) && value == deciding || frame.Fail(fault, place);
    }
}

/// <summary><c>condition ? then : otherwise</c>; only the branch that is taken is looked at.</summary>
internal sealed class ConditionalNode<T>(Node<bool> condition, Node<T> then, Node<T> otherwise, CelType type, TextPosition at) : Node<T>(type, at)
{
    public override bool IsConstant => condition.IsConstant && then.IsConstant && otherwise.IsConstant;

    public override bool TryEvaluate(ref Frame frame, out T value)
    {
        if (condition.TryEvaluate(ref frame, out var isTrue))
            return (isTrue ? then : otherwise).TryEvaluate(ref frame, out value);
        value = default!;
        return false;
    }
}
