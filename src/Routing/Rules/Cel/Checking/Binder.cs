using Gateway.Routing.Rules.Cel.Evaluation;
using Gateway.Routing.Rules.Cel.Syntax;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel.Checking;

/// <summary>Finds what every name means and of what type every piece is, and builds the nodes that evaluate them.</summary>
/// <remarks>It goes on after a fault, so that all of them are reported; what is faulty fails when it is evaluated.</remarks>
internal sealed class Binder
{
    private readonly CelVariables _variables;
    private readonly CallBinder _calls;
    private readonly MacroBinder _macros;
    private readonly List<CelDiagnostic> _faults = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public Binder(CelVariables variables)
    {
        _variables = variables;
        _calls = new CallBinder(this);
        _macros = new MacroBinder(this);
    }

    public IReadOnlyList<CelDiagnostic> Faults => _faults;

    /// <summary>The variables that it names.</summary>
    public IReadOnlySet<string> Names => _names;

    public Node Bind(Expression expression) => Build(expression).Folded();

    /// <summary>Binds what must be a bool.</summary>
    public Node<bool> BindCondition(Expression expression, string where)
    {
        var node = Bind(expression);
        if (!node.Type.IsDynamic && node.Type.Kind != CelKind.Bool)
            Report(expression.At, $"{where} takes a bool, not {node.Type}");
        return node.As<bool>();
    }

    public void Report(TextPosition at, string message) => _faults.Add(new CelDiagnostic(at, message));

    public Node Faulty(TextPosition at, string message, CelFault fault = CelFault.NoSuchOverload)
    {
        Report(at, message);
        return new FaultNode(fault, at);
    }

    /// <summary>The variable that a name, possibly with dots, stands for; null when it is none.</summary>
    public Node? FindVariable(Expression expression) =>
        PathOf(expression) is { } path && _variables.Find(path, expression.At) is { } node ? Named(path, node) : null;

    private Node Build(Expression expression)
    {
        switch (expression)
        {
            case LiteralExpression literal:
                return OfLiteral(literal);
            case MagnitudeExpression number:
                return number.Value <= long.MaxValue
                    ? new ConstantNode<long>((long)number.Value, CelType.Int, number.At)
                    : Faulty(number.At, $"{number.Value} is more than an int holds; write {number.Value}u", CelFault.OutOfRange);
            case NameExpression name:
                return BindName(name);
            case SelectExpression select:
                return BindSelect(select);
            case ListExpression list:
                return BindList(list);
            case MapExpression map:
                return BindMap(map);
            case CallExpression call:
                return _macros.TryBind(call) ?? _calls.Bind(call);
            default:
                throw new InvalidOperationException($"No such expression: {expression.GetType().Name}");
        }
    }

    private static Node OfLiteral(LiteralExpression literal)
    {
        var type = CelType.OfKind(literal.Value.Kind);
        return Narrowing.To(new ConstantNode<CelValue>(literal.Value, type, literal.At), type);
    }

    private Node BindName(NameExpression name)
    {
        if (!name.IsRooted && _macros.FindLocal(name) is { } local)
            return local;
        return FindVariable(name) ?? Unknown(name.At, name.Name);
    }

    private Node Named(string name, Node node)
    {
        _names.Add(name);
        return node;
    }

    private Node Unknown(TextPosition at, string name)
    {
        var root = name.Split('.')[0];
        var alike = _variables.Names.Where(known => known.StartsWith(root + ".", StringComparison.Ordinal)).ToList();
        var known = alike.Count > 0 ? alike : _variables.Names.Select(known => known.Split('.')[0]).Distinct().ToList();
        var list = known.Count > 0 ? $"; known: {string.Join(", ", known)}" : "";
        return Faulty(at, $"unknown name '{name}'{list}", CelFault.Undeclared);
    }

    private Node BindSelect(SelectExpression select)
    {
        if (FindVariable(select) is { } variable)
            return variable;
        if (PathOf(select) is { } path && !IsOrHasVariable(select.Operand))
            return Unknown(select.At, path);
        var operand = Bind(select.Operand);
        if (!operand.Type.IsDynamic && operand.Type.Kind != CelKind.Map)
            return Faulty(select.At, $"a {operand.Type} has no field '{select.Field}'");
        var key = new ConstantNode<CelValue>(CelValue.Of(select.Field), CelType.Text, select.At);
        var type = operand.Type.Element ?? CelType.Dyn;
        return Narrowing.To(new IndexNode(operand.AsDynamic(), key, isField: true, type, select.At), type);
    }

    /// <summary>Whether a field may be taken of what a path denotes: of a variable, or of any part of it, unless all its fields are variables.</summary>
    private bool IsOrHasVariable(Expression expression) =>
        PathOf(expression) is { } path && _variables.Find(path, expression.At) is not null
            ? !HasNamesBelow(expression)
            : expression is SelectExpression select && IsOrHasVariable(select.Operand);

    private bool HasNamesBelow(Expression expression) =>
        PathOf(expression) is { } path && _variables.Names.Any(name => name.StartsWith(path + ".", StringComparison.Ordinal));

    /// <summary>A chain of fields from a name that no macro has taken, written with its dots.</summary>
    private string? PathOf(Expression expression) => expression switch
    {
        NameExpression name => name.IsRooted || !_macros.IsLocal(name.Name) ? name.Name : null,
        SelectExpression select => PathOf(select.Operand) is { } operand ? $"{operand}.{select.Field}" : null,
        _ => null,
    };

    private ListNode BindList(ListExpression list)
    {
        var elements = list.Elements.Select(Bind).ToArray();
        var type = CelType.ListOf(JoinOf(elements.Select(element => element.Type)));
        return new ListNode([.. elements.Select(element => element.AsDynamic())], type, list.At);
    }

    private MapNode BindMap(MapExpression map)
    {
        var entries = map.Entries.Select(entry => (Key: Bind(entry.Key), Value: Bind(entry.Value))).ToArray();
        foreach (var (key, _) in entries)
        {
            if (key.Type.Kind is not (null or CelKind.Bool or CelKind.Int or CelKind.Uint or CelKind.Text))
                Report(key.At, $"a map's key is a bool, int, uint or string, not a {key.Type}");
        }

        var type = CelType.MapOf(JoinOf(entries.Select(entry => entry.Key.Type)), JoinOf(entries.Select(entry => entry.Value.Type)));
        return new MapNode([.. entries.Select(entry => (entry.Key.AsDynamic(), entry.Value.AsDynamic()))], type, map.At);
    }

    private static CelType JoinOf(IEnumerable<CelType> types) => types.Aggregate(CelType.Unknown, CelType.Join);
}
