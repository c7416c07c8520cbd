using System.Collections.Frozen;

namespace Gateway.Routing.Rules.Cel.Functions;

/// <summary>The standard functions and operators by name, each with its overloads.</summary>
internal sealed class FunctionTable
{
    private readonly Dictionary<string, List<Overload>> _building = [];
    private readonly FrozenDictionary<string, Overload[]> _overloads;

    private FunctionTable()
    {
        ArithmeticFunctions.AddTo(this);
        TimeFunctions.AddTo(this);
        OrderFunctions.AddTo(this);
        TextFunctions.AddTo(this);
        ConversionFunctions.AddTo(this);
        _overloads = _building.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
    }

    public static FunctionTable Standard { get; } = new();

    public void Add<TIn, TOut>(string function, CallStyle style, Operation<TIn, TOut> operation) =>
        Add(function, new TypedOverload<TIn, TOut>(style, operation));

    public void Add<TLeft, TRight, TOut>(string function, CallStyle style, Operation<TLeft, TRight, TOut> operation) =>
        Add(function, new TypedOverload<TLeft, TRight, TOut>(style, operation));

    /// <returns>Null when no function is called that.</returns>
    public Overload[]? Find(string function) => _overloads.GetValueOrDefault(function);

    private void Add(string function, Overload overload)
    {
        if (!_building.TryGetValue(function, out var overloads))
            _building.Add(function, overloads = []);
        overloads.Add(overload);
    }
}
