using Gateway.Upstream.Scraping;

namespace Gateway.Tests.Upstream;

public sealed class ScrapePaceTests
{
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);
    private readonly ScrapePace _pace = new(new Random(7));

    [Fact]
    public void A_busy_replica_is_scraped_at_the_interval_give_or_take_the_jitter()
    {
        var waits = Enumerable.Range(0, 200).Select(_ => Next(ScrapeOutcome.Busy)).ToList();
        Assert.All(waits, wait => Assert.InRange(wait, Busy * 0.8, Busy * 1.2));
        Assert.True(waits.Max() - waits.Min() > Busy * 0.3);
    }

    [Fact]
    public void An_idle_one_is_left_alone_longer_and_longer_and_no_longer_than_told()
    {
        var waits = Enumerable.Range(0, 6).Select(_ => Next(ScrapeOutcome.Idle)).ToList();
        Assert.InRange(waits[0], Busy * 0.8, Busy * 1.2);
        Assert.InRange(waits[1], Busy * 1.6, Busy * 2.4);
        Assert.InRange(waits[5], Idle * 0.8, Idle * 1.2);
        Assert.InRange(Next(ScrapeOutcome.Busy), Busy * 0.8, Busy * 1.2);
    }

    [Fact]
    public void One_without_metrics_is_hardly_ever_asked()
    {
        var waits = Enumerable.Range(0, 12).Select(_ => Next(ScrapeOutcome.WithoutMetrics)).ToList();
        Assert.InRange(waits[0], Busy * 1.6, Busy * 2.4);
        Assert.InRange(waits[11], ScrapePace.WithoutMetrics * 0.8, ScrapePace.WithoutMetrics * 1.2);
    }

    [Fact]
    public void One_that_does_not_answer_is_asked_every_few_seconds()
    {
        var waits = Enumerable.Range(0, 12).Select(_ => Next(ScrapeOutcome.Silent)).ToList();
        Assert.InRange(waits[11], ScrapePace.Silent * 0.8, ScrapePace.Silent * 1.2);
    }

    private TimeSpan Next(ScrapeOutcome outcome) => _pace.Next(outcome, Busy, Idle);
}
