using Gateway.Routing.Rules.Cel.Syntax;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel;

/// <summary>What an expression came to: a value, or why it has none and where.</summary>
public readonly record struct CelResult
{
    public CelValue Value { get; private init; }

    /// <summary><see cref="CelFault.None"/> when there is a value.</summary>
    public CelFault Fault { get; private init; }

    public TextPosition FaultAt { get; private init; }

    public static CelResult Of(in CelValue value) => new() { Value = value };

    public static CelResult Failed(CelFault fault, TextPosition at) => new() { Fault = fault, FaultAt = at };
}
