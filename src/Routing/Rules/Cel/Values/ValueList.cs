namespace Gateway.Routing.Rules.Cel.Values;

/// <summary>A list that holds its values: of a literal, of <c>map</c> and <c>filter</c>.</summary>
public sealed class ValueList(CelValue[] values, int count) : CelList
{
    public ValueList(params CelValue[] values)
        : this(values, values.Length)
    {
    }

    public override int Count => count;

    public override CelValue this[int index] => values[index];

    public static ValueList Concatenate(CelList first, CelList second)
    {
        var values = new CelValue[first.Count + second.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = i < first.Count ? first[i] : second[i - first.Count];
        return new ValueList(values);
    }
}
