using Gateway.Routing.Rules.Cel.Evaluation;
using Gateway.Routing.Rules.Cel.Syntax;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel.Functions;

/// <summary>One way of calling a function: the types of its operands, its result, and what it does.</summary>
internal abstract class Overload(CallStyle style, CelType result, params CelType[] parameters)
{
    public CallStyle Style { get; } = style;

    public CelType Result { get; } = result;

    public CelType[] Parameters { get; } = parameters;

    /// <summary>Whether operands of these types may turn out to be what it takes.</summary>
    public bool MayTake(ReadOnlySpan<Node> operands)
    {
        if (operands.Length != Parameters.Length)
            return false;
        for (var i = 0; i < operands.Length; i++)
        {
            var type = operands[i].Type;
            if (!type.IsDynamic && !Parameters[i].IsDynamic && type.Kind != Parameters[i].Kind)
                return false;
        }

        return true;
    }

    /// <param name="operands">As many as it has parameters.</param>
    /// <param name="type">Its result, which for lists may be narrower than <see cref="Result"/>.</param>
    /// <param name="at">Where the call stands.</param>
    public abstract Node Build(Node[] operands, CelType type, TextPosition at);

    /// <summary>Whether operands of these kinds are what it takes.</summary>
    public bool Takes(in CelValue first, in CelValue second, int count) =>
        count == Parameters.Length && IsOf(first, Parameters[0]) && (count == 1 || IsOf(second, Parameters[1]));

    public abstract CelFault Call(in CelValue first, in CelValue second, out CelValue result);

    private static bool IsOf(in CelValue value, CelType type) => type.IsDynamic || value.Kind == type.Kind;
}

/// <summary>How a function is written.</summary>
[Flags]
internal enum CallStyle
{
    /// <summary><c>f(x)</c></summary>
    Global = 1,

    /// <summary><c>x.f()</c></summary>
    Member = 2,

    Either = Global | Member,
}
