using Gateway.Routing.Health;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Routing.Tests.Health;

/// <summary>When what a scrape said of a replica answers what a probe would ask.</summary>
public sealed class SightingTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new();
    private readonly Replica _replica;

    public SightingTests() => _replica = A.Replica("a", _time);

    [Fact]
    public void A_load_counts_for_as_long_as_an_interval()
    {
        Assert.False(_replica.WasSeenWithin(Interval));
        Scrape();
        Assert.True(_replica.WasSeenWithin(Interval));
        _time.Advance(Interval);
        Assert.False(_replica.WasSeenWithin(Interval));
    }

    [Fact]
    public void An_unanswered_scrape_is_a_doubt_until_a_probe_comes_back()
    {
        Scrape();
        _replica.Doubt();
        Assert.True(_replica.IsDoubted);
        Assert.False(_replica.WasSeenWithin(Interval));
        _replica.Probed(reached: true);
        Assert.False(_replica.IsDoubted);
        Assert.True(_replica.WasSeenWithin(Interval));
    }

    [Fact]
    public void A_replica_that_probes_do_not_reach_is_probed_whatever_it_tells()
    {
        _replica.Probed(reached: false);
        Scrape();
        Assert.False(_replica.WasSeenWithin(Interval));
    }

    private void Scrape() => _replica.Load = new ReplicaLoad(0, 0, 0, _time.GetTimestamp());
}
