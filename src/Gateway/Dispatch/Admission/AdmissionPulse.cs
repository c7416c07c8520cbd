using Gateway.Hosting;
using Gateway.Upstream;

namespace Gateway.Dispatch.Admission;

/// <summary>Keeps the gates of all pools going: capacities follow what is known of the replicas, waits end when their time is up.</summary>
/// <remarks>A pool that a reload removed is kept going until its last waiter is gone.</remarks>
public sealed class AdmissionPulse(LiveBlueprint live, TimeProvider time) : BackgroundService
{
    /// <summary>How exact the end of a wait is, and how soon a pool that has shrunk or grown is known as such.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    /// <summary>The same while no request is anywhere: the first ones after that find capacities so old.</summary>
    private static readonly TimeSpan QuietTick = TimeSpan.FromMilliseconds(250);

    private readonly List<UpstreamPool> _known = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        // Before the first request: a pool that a reload removes has to be known by then.
        Beat(live.Current);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Beat(live.Current);
            var next = _known.Exists(static upstream => upstream.Gate.InFlight > 0) ? Tick : QuietTick;
            if (timer.Period != next)
                timer.Period = next;
        }
    }

    private void Beat(Blueprint current)
    {
        foreach (var upstream in current.Upstreams)
        {
            if (!_known.Contains(upstream))
                _known.Add(upstream);
        }

        for (var i = _known.Count - 1; i >= 0; i--)
        {
            var upstream = _known[i];
            if (current.Has(upstream))
            {
                upstream.Gate.Tick(upstream.Pool);
            }
            else if (current.Shares(upstream.Gate))
            {
                // The same pool by other settings: its gate lives on in the new one.
                _known.RemoveAt(i);
            }
            else
            {
                upstream.Gate.Tick(upstream.Pool);
                if (upstream.Gate.Waiting == 0)
                    _known.RemoveAt(i);
            }
        }
    }
}
