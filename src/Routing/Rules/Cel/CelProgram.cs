using Gateway.Routing.Rules.Cel.Evaluation;
using Gateway.Routing.Rules.Cel.Syntax;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel;

/// <summary>An expression that has been read, checked and compiled; evaluated from any thread, without allocation where types are known.</summary>
public sealed class CelProgram<TInput>
    where TInput : class
{
    private readonly Node<CelValue> _root;
    private readonly Node<bool> _condition;

    internal CelProgram(Node root, IReadOnlySet<string> names)
    {
        Names = names;
        Type = root.Type;
        _root = root.AsDynamic();
        _condition = root.As<bool>();
    }

    /// <summary>The type of its value, as far as it is known beforehand.</summary>
    public CelType Type { get; }

    /// <summary>The variables that it names.</summary>
    public IReadOnlySet<string> Names { get; }

    public CelResult Evaluate(TInput input)
    {
        var frame = new Frame(input);
        return _root.TryEvaluate(ref frame, out var value) ? CelResult.Of(value) : CelResult.Failed(frame.Fault, frame.FaultAt);
    }

    /// <summary>Evaluates a condition.</summary>
    /// <returns>Whether it holds; false also when it has no value, and <paramref name="fault"/> then says why.</returns>
    public bool Holds(TInput input, out CelFault fault, out TextPosition at)
    {
        var frame = new Frame(input);
        if (_condition.TryEvaluate(ref frame, out var holds))
        {
            (fault, at) = (CelFault.None, default);
            return holds;
        }

        (fault, at) = (frame.Fault, frame.FaultAt);
        return false;
    }
}
