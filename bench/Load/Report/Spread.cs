namespace Gateway.Bench.Load.Report;

/// <summary>The median of some rounds, and how far apart the rounds were; NaN when no round had a value.</summary>
public readonly record struct Spread(double Median, double Lowest, double Highest, int Count)
{
    /// <summary>Sums up the values of the rounds; NaN among them are left out.</summary>
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        if (sorted.Length == 0)
        {
            return new Spread(double.NaN, double.NaN, double.NaN, 0);
        }

        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1], sorted.Length);
    }
}
