using Gateway.Routing.Rules.Cel.Evaluation;
using Gateway.Routing.Rules.Cel.Syntax;
using Gateway.Routing.Rules.Cel.Values;

namespace Gateway.Routing.Rules.Cel.Checking;

/// <summary>The names that an expression may use. A name may have dots: <c>request.model</c> is one variable.</summary>
public abstract class CelVariables
{
    private readonly Dictionary<string, Func<TextPosition, Node>> _nodes = new(StringComparer.Ordinal);

    private protected CelVariables()
    {
        // Types are values too, by their names.
        foreach (var kind in Enum.GetValues<CelKind>())
        {
            var type = CelType.OfKind(kind);
            _nodes[type.Name] = at => new ConstantNode<CelType>(type, CelType.Type, at);
        }
    }

    /// <summary>The declared names, without those of types.</summary>
    public IEnumerable<string> Names => Declared;

    private protected List<string> Declared { get; } = [];

    private protected void Declare(string name, Func<TextPosition, Node> node)
    {
        _nodes[name] = node;
        Declared.Add(name);
    }

    /// <returns>Null when nothing is called that.</returns>
    internal Node? Find(string name, TextPosition at) => _nodes.TryGetValue(name, out var build) ? build(at) : null;
}

/// <summary>The variables that are read from a <typeparamref name="TInput"/>.</summary>
public sealed class CelVariables<TInput> : CelVariables
    where TInput : class
{
    /// <summary>Declares a variable whose type follows from its representation, or is given for lists, maps and <c>dyn</c>.</summary>
    /// <returns>The same object, for the next.</returns>
    public CelVariables<TInput> Add<T>(string name, ReadVariable<TInput, T> read, CelType? type = null)
    {
        Declare(name, at => new VariableNode<TInput, T>(read, type ?? CelType.Of<T>(), at));
        return this;
    }

    /// <summary>Declares a variable that every input has.</summary>
    public CelVariables<TInput> Add<T>(string name, Func<TInput, T> read, CelType? type = null) =>
        Add(name, (TInput input, out T value) =>
        {
            value = read(input);
            return CelFault.None;
        }, type);
}
