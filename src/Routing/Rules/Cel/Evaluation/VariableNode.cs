using Gateway.Routing.Rules.Cel.Checking;
using Gateway.Routing.Rules.Cel.Syntax;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel.Evaluation;

/// <summary>A declared variable.</summary>
internal sealed class VariableNode<TInput, T>(ReadVariable<TInput, T> read, CelType type, TextPosition at) : Node<T>(type, at)
    where TInput : class
{
    public override bool TryEvaluate(ref Frame frame, out T value)
    {
        var fault = read((TInput)frame.Input, out value);
        return fault == CelFault.None || frame.Fail(fault, At);
    }
}

/// <summary><c>has(variable)</c>: whether a variable that some requests lack is there.</summary>
internal sealed class PresenceNode<T>(Node<T> variable, TextPosition at) : Node<bool>(CelType.Bool, at)
{
    public override bool TryEvaluate(ref Frame frame, out bool value)
    {
        value = variable.TryEvaluate(ref frame, out _);
        return value || frame.Fault == CelFault.NoSuchKey;
    }
}

/// <summary>The variable of a macro.</summary>
internal sealed class LocalNode(int slot, CelType type, TextPosition at) : Node<CelValue>(type, at)
{
    public override bool TryEvaluate(ref Frame frame, out CelValue value)
    {
        value = frame.Local(slot);
        return true;
    }
}
