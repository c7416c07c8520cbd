namespace Gateway.Upstream.Scraping;

/// <summary>How long to wait until a replica is scraped again: often while it is busy, rarely while it idles, ever more rarely when it has nothing to say.</summary>
/// <remarks>Each wait is drawn a little shorter or longer, so that a fleet is not scraped in one moment.</remarks>
internal sealed class ScrapePace(Random chance)
{
    /// <summary>Half the width of the draw, as a share of the wait.</summary>
    public const double Jitter = 0.2;

    /// <summary>Longest wait for a replica that answers without metrics, such as a provider: it may be a vLLM after the next deployment.</summary>
    public static readonly TimeSpan WithoutMetrics = TimeSpan.FromMinutes(1);

    /// <summary>Longest wait for a replica that does not answer.</summary>
    public static readonly TimeSpan Silent = TimeSpan.FromSeconds(5);

    private TimeSpan _wait;
    private int _misses;

    /// <param name="outcome">What the last scrape came to.</param>
    /// <param name="busy">The wait while it is busy, the shortest there is.</param>
    /// <param name="idle">The wait while it idles, grown into step by step.</param>
    public TimeSpan Next(ScrapeOutcome outcome, TimeSpan busy, TimeSpan idle)
    {
        _misses = outcome is ScrapeOutcome.Busy or ScrapeOutcome.Idle ? 0 : Math.Min(_misses + 1, 16);
        _wait = outcome switch
        {
            ScrapeOutcome.Busy => busy,
            ScrapeOutcome.Idle => Least(_wait < busy ? busy : _wait * 2, idle),
            ScrapeOutcome.WithoutMetrics => Least(busy * Math.Pow(2, _misses), WithoutMetrics),
            _ => Least(busy * Math.Pow(2, _misses), Silent),
        };
        return _wait * (1 - Jitter + (2 * Jitter * chance.NextDouble()));
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

/// <summary>What a scrape came to.</summary>
internal enum ScrapeOutcome
{
    /// <summary>The replica did not answer, or not in time.</summary>
    Silent,

    /// <summary>It answered, and not with a vLLM's metrics.</summary>
    WithoutMetrics,

    /// <summary>It has nothing to do.</summary>
    Idle,

    /// <summary>It has requests, of ours or of others.</summary>
    Busy,
}
