namespace Gateway.Routing.Evaluation;

/// <summary>A 95 % interval.</summary>
public readonly record struct Interval(double Low, double High)
{
    internal static Interval Of(List<double> values)
    {
        values.Sort();
        var high = Math.Min(values.Count - 1, (int)(0.975 * values.Count));
        return values.Count == 0 ? new Interval(double.NaN, double.NaN) : new Interval(values[(int)(0.025 * values.Count)], values[high]);
    }
}
