using Gateway.Upstream.Scraping;

namespace Gateway.Upstream;

/// <summary>Goes round all replicas a few times a second: those that are due are probed, or scraped, and none is waited for.</summary>
/// <remarks>
/// One wait for the whole fleet instead of one for each replica: with a hundred that idle, waking up for each costs more than what is then
/// asked. bench/Idle measures it.
/// </remarks>
public sealed class ReplicaRounds(ReplicaProber prober, Scraper scraper, TimeProvider time) : BackgroundService
{
    /// <summary>Between two rounds while a replica is busy: how exact the interval between two of its scrapes can be.</summary>
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(50);

    /// <summary>Between two rounds while all idle: how soon a newcomer is asked, and how exact an interval between probes can be.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Busy, time);
        try
        {
            do
            {
                prober.StartThoseDue(stoppingToken);
                var next = scraper.StartThoseDue(stoppingToken) ? Busy : Quiet;
                if (timer.Period != next)
                    timer.Period = next;
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            await prober.EndAsync();
            await scraper.EndAsync();
        }
    }
}
