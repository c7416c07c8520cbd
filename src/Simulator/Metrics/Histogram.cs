namespace Gateway.Simulator.Metrics;

/// <summary>A Prometheus histogram.</summary>
/// <param name="name">Metric name.</param>
/// <param name="bounds">Upper bounds, rising; +Inf is implied.</param>
internal sealed class Histogram(string name, double[] bounds)
{
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _sum;

    public string Name => name;

    public IReadOnlyList<double> Bounds => bounds;

    public double Sum => Volatile.Read(ref _sum);

    public void Observe(double value, int times = 1)
    {
        var bucket = 0;
        while (bucket < bounds.Length && value > bounds[bucket]) bucket++;
        Interlocked.Add(ref _counts[bucket], times);
        for (var sum = _sum; ;)
        {
            var seen = Interlocked.CompareExchange(ref _sum, sum + value * times, sum);
            if (seen.Equals(sum)) return;
            sum = seen;
        }
    }

    /// <summary>Observations in one bucket alone; the last is everything above the last bound.</summary>
    public long Count(int bucket) => Interlocked.Read(ref _counts[bucket]);
}
