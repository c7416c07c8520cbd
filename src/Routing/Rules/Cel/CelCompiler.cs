using System.Collections.Immutable;
using Gateway.Routing.Rules.Cel.Checking;
using Gateway.Routing.Rules.Cel.Syntax;

namespace Gateway.Routing.Rules.Cel;

/// <summary>Makes programs of text.</summary>
public static class CelCompiler
{
    /// <summary>Reads, checks and compiles an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="variables">What it may name.</param>
    /// <param name="checking">Whether faults of names and types refuse it.</param>
    /// <returns>The program, or every fault found.</returns>
    public static (CelProgram<TInput>? Program, ImmutableArray<CelDiagnostic> Faults) Compile<TInput>(
        string text, CelVariables<TInput> variables, CelChecking checking = CelChecking.Strict)
        where TInput : class
    {
        var (expression, fault) = CelParser.Parse(text);
        if (expression is null)
            return (null, [fault!]);
        var binder = new Binder(variables);
        var root = binder.Bind(expression);
        return binder.Faults.Count > 0 && checking == CelChecking.Strict
            ? (null, [.. binder.Faults])
            : (new CelProgram<TInput>(root, binder.Names), []);
    }
}

/// <summary>Whether faults of names and types refuse an expression.</summary>
public enum CelChecking
{
    Strict,

    /// <summary>They are left to the evaluation, where they are errors like others. What the specification calls unchecked.</summary>
    Waived,
}
