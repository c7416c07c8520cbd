using Gateway.Hosting;
using Gateway.Routing;

namespace Gateway.Upstream.Scraping;

/// <summary>Has every replica watched that is in a pool at the moment, and none that has left.</summary>
public sealed class Scraper(LiveBlueprint live, TimeProvider time, Random chance)
{
    private readonly Dictionary<Replica, ReplicaWatch> _watches = new(ReferenceEqualityComparer.Instance);

    /// <summary>Starts the scrapes that are due and waits for none.</summary>
    /// <returns>Whether any replica is busy, and so scraped often.</returns>
    public bool StartThoseDue(CancellationToken stopping)
    {
        foreach (var watch in _watches.Values)
            watch.IsWanted = false;
        var isAnyBusy = false;
        foreach (var upstream in live.Current.Upstreams)
        {
            foreach (var replica in upstream.Pool.Replicas)
            {
                if (!upstream.Options.Metrics.Reads(replica.Address))
                    continue;
                if (!_watches.TryGetValue(replica, out var watch))
                    _watches[replica] = watch = new ReplicaWatch(replica, time, chance, stopping);
                watch.IsWanted = true;
                watch.StartIfDue(upstream);
                isAnyBusy |= watch.IsBusy;
            }
        }

        foreach (var (replica, watch) in _watches)
        {
            if (watch.IsWanted)
                continue;
            _ = watch.EndAsync();
            // Removing what an enumeration has just given is allowed.
            _watches.Remove(replica);
        }

        return isAnyBusy;
    }

    /// <summary>Ends all watches.</summary>
    public Task EndAsync() => Task.WhenAll(_watches.Values.Select(watch => watch.EndAsync()));
}
