using Gateway.Routing.Rules.Cel.Syntax;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel.Evaluation;

/// <summary>A compiled piece of an expression.</summary>
internal abstract class Node(CelType type, TextPosition at)
{
    public CelType Type { get; } = type;

    public TextPosition At { get; } = at;

    /// <summary>Whether its value depends on nothing but itself, so that it can be worked out when the configuration loads.</summary>
    public virtual bool IsConstant => false;

    /// <summary>The node seen as one of any type.</summary>
    public abstract Node<CelValue> AsDynamic();

    /// <summary>The node seen as one of type <typeparamref name="T"/>; at run time an error where its value is of another.</summary>
    public Node<T> As<T>() => this as Node<T> ?? new UnwrapNode<T>(AsDynamic(), CelType.Of<T>());

    /// <summary>The node itself, or the constant that it comes to.</summary>
    public abstract Node Folded();

    /// <summary>This node where the condition holds, the other where it does not.</summary>
    public abstract Node When(Node<bool> condition, Node otherwise, CelType type, TextPosition at);

    /// <summary>Whether it has a value.</summary>
    public abstract Node<bool> Presence(TextPosition at);
}

/// <summary>A piece whose values are represented as <typeparamref name="T"/>.</summary>
internal abstract class Node<T>(CelType type, TextPosition at) : Node(type, at)
{
    /// <returns>False when it has no value; the frame then says why.</returns>
    public abstract bool TryEvaluate(ref Frame frame, out T value);

    public override Node<CelValue> AsDynamic() => this as Node<CelValue> ?? new WrapNode<T>(this);

    public override Node Folded()
    {
        var frame = new Frame(this);
        return IsConstant && this is not ConstantNode<T> && TryEvaluate(ref frame, out var value) ? new ConstantNode<T>(value, Type, At) : this;
    }

    public override Node When(Node<bool> condition, Node otherwise, CelType type, TextPosition at) => otherwise is Node<T> other
        ? new ConditionalNode<T>(condition, this, other, type, at)
        : new ConditionalNode<CelValue>(condition, AsDynamic(), otherwise.AsDynamic(), type, at);

    public override Node<bool> Presence(TextPosition at) => new PresenceNode<T>(this, at);
}
