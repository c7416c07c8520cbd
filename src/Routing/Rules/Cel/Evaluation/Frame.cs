using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Gateway.Routing.Rules.Cel.Syntax;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel.Evaluation;

/// <summary>One evaluation: what variables are read from, what macros' variables hold, and the error it met last. Lives on the stack.</summary>
internal struct Frame(object input)
{
    /// <summary>How deep macros may lie in one another.</summary>
    public const int MostLocals = 8;

    private Locals _locals;

    /// <summary>What the variables are read from.</summary>
    public object Input { get; } = input;

    /// <summary>Why the last node that failed did.</summary>
    public CelFault Fault { get; private set; }

    /// <summary>Where it stands.</summary>
    public TextPosition FaultAt { get; private set; }

    public bool Fail(CelFault fault, TextPosition at)
    {
        Fault = fault;
        FaultAt = at;
        return false;
    }

    [UnscopedRef]
    public ref CelValue Local(int slot) => ref _locals[slot];

    [InlineArray(MostLocals)]
    private struct Locals
    {
        private CelValue _first;
    }
}
