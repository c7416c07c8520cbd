using HdrHistogram;

namespace Gateway.Bench.Load.Measuring;

/// <summary>What is kept of a histogram, in microseconds; all zero when nothing was recorded.</summary>
public readonly record struct Quantiles(long Count, double P50, double P99, double P999, double Max)
{
    /// <summary>Reads them from a histogram of nanoseconds.</summary>
    public static Quantiles Of(HistogramBase nanoseconds) => nanoseconds.TotalCount == 0
        ? default
        : new Quantiles(
            nanoseconds.TotalCount,
            nanoseconds.GetValueAtPercentile(50) / 1000.0,
            nanoseconds.GetValueAtPercentile(99) / 1000.0,
            nanoseconds.GetValueAtPercentile(99.9) / 1000.0,
            nanoseconds.GetValueAtPercentile(100) / 1000.0);
}
