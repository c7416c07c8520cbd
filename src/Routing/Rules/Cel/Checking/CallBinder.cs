using Gateway.Routing.Rules.Cel.Evaluation;
using Gateway.Routing.Rules.Cel.Functions;
using Gateway.Routing.Rules.Cel.Syntax;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel.Checking;

/// <summary>Operators and functions: which overload is meant, when the operands' types say so; else it is found at run time.</summary>
internal sealed class CallBinder(Binder binder)
{
    public Node Bind(CallExpression call) => call.Function switch
    {
        Operators.And => BindLogic(call, deciding: false, "&&"),
        Operators.Or => BindLogic(call, deciding: true, "||"),
        Operators.Conditional => BindConditional(call),
        Operators.Equal or Operators.NotEqual => BindEquality(call),
        Operators.In => BindIn(call),
        Operators.Index => BindIndex(call),
        "matches" => BindMatches(call),
        _ => BindFunction(call),
    };

    private LogicNode BindLogic(CallExpression call, bool deciding, string name) =>
        new(binder.BindCondition(call.Arguments[0], name), binder.BindCondition(call.Arguments[1], name), deciding, call.At);

    private Node BindConditional(CallExpression call)
    {
        var condition = binder.BindCondition(call.Arguments[0], "?:");
        var (then, otherwise) = (binder.Bind(call.Arguments[1]), binder.Bind(call.Arguments[2]));
        if (!CelType.AreCompatible(then.Type, otherwise.Type))
            binder.Report(call.At, $"the branches of ?: are of two types: {then.Type} and {otherwise.Type}");
        return then.When(condition, otherwise, CelType.Join(then.Type, otherwise.Type), call.At);
    }

    private Node BindEquality(CallExpression call)
    {
        var (left, right) = (binder.Bind(call.Arguments[0]), binder.Bind(call.Arguments[1]));
        if (!CelType.AreCompatible(left.Type, right.Type))
            binder.Report(call.At, NoOverload(call.Function, [left, right]));
        return Equality.Build(left, right, call.Function == Operators.Equal, call.At);
    }

    private InNode BindIn(CallExpression call)
    {
        var (element, container) = (binder.Bind(call.Arguments[0]), binder.Bind(call.Arguments[1]));
        var held = container.Type.Kind switch
        {
            null => CelType.Dyn,
            CelKind.List => container.Type.Element,
            CelKind.Map => container.Type.Key,
            _ => null,
        };
        if (held is null || !CelType.AreCompatible(element.Type, held))
            binder.Report(call.At, NoOverload("in", [element, container]));
        return new InNode(element.AsDynamic(), container.AsDynamic(), call.At);
    }

    private Node BindIndex(CallExpression call)
    {
        var (operand, index) = (binder.Bind(call.Arguments[0]), binder.Bind(call.Arguments[1]));
        var key = operand.Type.Kind switch
        {
            null => CelType.Dyn,
            CelKind.List => CelType.Int,
            CelKind.Map => operand.Type.Key,
            _ => null,
        };
        if (key is null || !CelType.AreCompatible(key, index.Type))
            binder.Report(call.At, NoOverload(call.Function, [operand, index]));
        var type = operand.Type.Element ?? CelType.Dyn;
        return Narrowing.To(new IndexNode(operand.AsDynamic(), index.AsDynamic(), isField: false, type, call.At), type);
    }

    /// <summary>The pattern must be known when the configuration loads: one from a request could cost what it likes.</summary>
    private Node BindMatches(CallExpression call)
    {
        var operands = BindOperands(call);
        if (operands.Length != 2 || !MayBeText(operands[0]) || !MayBeText(operands[1]))
            return binder.Faulty(call.At, NoOverload(call.Function, operands));
        if (operands[1] is not ConstantNode<string> pattern)
            return binder.Faulty(operands[1].At, "the pattern of matches() must be written out");
        var (compiled, fault) = Re2Pattern.Compile(pattern.Value);
        return compiled is null
            ? binder.Faulty(pattern.At, $"not a pattern: {fault}", CelFault.BadConversion)
            : new MatchesNode(operands[0].As<string>(), compiled, call.At);
    }

    private static bool MayBeText(Node node) => node.Type.IsDynamic || node.Type.Kind == CelKind.Text;

    private Node BindFunction(CallExpression call)
    {
        var operands = BindOperands(call);
        var style = call.Target is null ? CallStyle.Global : CallStyle.Member;
        var overloads = FunctionTable.Standard.Find(call.Function)?.Where(overload => overload.Style.HasFlag(style)).ToArray();
        if (overloads is null or [])
            return binder.Faulty(call.At, $"unknown function '{call.Function}'", CelFault.Undeclared);
        var candidates = Array.FindAll(overloads, overload => overload.MayTake(operands));
        if (candidates is [var only])
            return only.Build(operands, ResultOf(only, operands), call.At);
        if (candidates is [])
            binder.Report(call.At, NoOverload(call.Function, operands));
        if (operands.Length is 0 or > 2)
            return new FaultNode(CelFault.NoSuchOverload, call.At);
        if (candidates is [])
            candidates = overloads;
        var type = Array.TrueForAll(candidates, candidate => candidate.Result == candidates[0].Result) ? candidates[0].Result : CelType.Dyn;
        return Narrowing.To(new DynamicCallNode(candidates, [.. operands.Select(operand => operand.AsDynamic())], type, call.At), type);
    }

    private Node[] BindOperands(CallExpression call) =>
        [.. (call.Target is { } target ? [target, .. call.Arguments] : call.Arguments).Select(binder.Bind)];

    private static CelType ResultOf(Overload overload, Node[] operands) =>
        overload.Result.Kind == CelKind.List && operands is [{ Type.Kind: CelKind.List } left, { Type.Kind: CelKind.List } right]
            ? CelType.Join(left.Type, right.Type)
            : overload.Result;

    private static string NoOverload(string function, Node[] operands) =>
        $"'{function.Trim('_', '@')}' does not take ({string.Join(", ", operands.Select(operand => operand.Type))})";
}
