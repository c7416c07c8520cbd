using Gateway.Routing.Rules.Cel.Evaluation;
using Gateway.Routing.Rules.Cel.Syntax;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel.Checking;

/// <summary>The macros: <c>has</c>, and those that walk a list or the keys of a map with a variable of their own.</summary>
internal sealed class MacroBinder(Binder binder)
{
    private readonly List<(string Name, CelType Type)> _locals = [];

    public bool IsLocal(string name) => _locals.Exists(local => local.Name == name);

    /// <returns>Null when no macro around has a variable of that name; the innermost wins.</returns>
    public Node? FindLocal(NameExpression name)
    {
        var slot = _locals.FindLastIndex(local => local.Name == name.Name);
        return slot < 0 ? null : Narrowing.To(new LocalNode(slot, _locals[slot].Type, name.At), _locals[slot].Type);
    }

    /// <returns>Null when the call is no macro.</returns>
    public Node? TryBind(CallExpression call)
    {
        if (call is { Function: "has", Target: null, Arguments.Length: 1 })
            return BindHas(call);
        if (call is not { Target: { } range, Function: "all" or "exists" or "exists_one" or "map" or "filter", Arguments.Length: 2 or 3 })
            return null;
        if (call.Arguments.Length == 3 && call.Function != "map")
            return null;
        if (call.Arguments[0] is not NameExpression { IsRooted: false } variable)
            return binder.Faulty(call.Arguments[0].At, $"{call.Function}() takes a variable's name first");
        if (_locals.Count == Frame.MostLocals)
            return binder.Faulty(call.At, $"macros lie in one another deeper than {Frame.MostLocals} levels");
        var items = binder.Bind(range);
        if (ElementOf(items.Type) is not { } element)
            return binder.Faulty(call.At, $"{call.Function}() walks a list or a map, not a {items.Type}");

        var walk = new Walk(items.AsDynamic(), _locals.Count);
        _locals.Add((variable.Name, element));
        var node = Build(call, walk, element);
        _locals.RemoveAt(_locals.Count - 1);
        return node;
    }

    private static CelType? ElementOf(CelType type) => type.Kind switch
    {
        null => CelType.Dyn,
        CelKind.List => type.Element,
        CelKind.Map => type.Key,
        _ => null,
    };

    private Node Build(CallExpression call, Walk walk, CelType element)
    {
        var last = call.Arguments[^1];
        switch (call.Function)
        {
            case "all":
                return new QuantifierNode(walk, binder.BindCondition(last, "all()"), deciding: false, call.At);
            case "exists":
                return new QuantifierNode(walk, binder.BindCondition(last, "exists()"), deciding: true, call.At);
            case "exists_one":
                return new ExistsOneNode(walk, binder.BindCondition(last, "exists_one()"), call.At);
            case "filter":
                var chosen = binder.BindCondition(last, "filter()");
                return new MapMacroNode(walk, chosen, binder.Bind(call.Arguments[0]).AsDynamic(), CelType.ListOf(element), call.At);
            default:
                var condition = call.Arguments.Length == 3 ? binder.BindCondition(call.Arguments[1], "map()") : null;
                var transform = binder.Bind(last);
                return new MapMacroNode(walk, condition, transform.AsDynamic(), CelType.ListOf(transform.Type), call.At);
        }
    }

    private Node BindHas(CallExpression call)
    {
        if (call.Arguments[0] is not SelectExpression select)
            return binder.Faulty(call.At, "has() takes a field: has(request.max_tokens)");
        if (binder.FindVariable(select) is { } variable)
            return variable.Presence(call.At);
        var operand = binder.Bind(select.Operand);
        return operand.Type.IsDynamic || operand.Type.Kind == CelKind.Map
            ? new HasNode(operand.AsDynamic(), select.Field, call.At)
            : binder.Faulty(select.At, $"a {operand.Type} has no field '{select.Field}'");
    }
}
