using Gateway.Completions;
using Gateway.Routing.Admission;
using Gateway.Telemetry;
using Gateway.Upstream;

namespace Gateway.Dispatch.Admission;

/// <summary>Gets a request its place in a pool of its plan, before a replica is picked there; the walk holds it.</summary>
/// <remarks>
/// A place is asked for once for each pool: further attempts there keep it. Whoever comes from another pool, where it was under way
/// already, queues behind nobody new; whoever is turned away goes on to the plan's next pool with what is left of its patience.
/// </remarks>
internal static class Doorkeeper
{
    /// <returns>False when no pool of the plan has room, or the request is over; what is noted on the exchange then says which.</returns>
    public static ValueTask<bool> EnterAsync(Exchange exchange, PlanWalk walk)
    {
        walk.PassOver();
        var gate = walk.Current.Gate;
        if (walk.Place.IsAt(gate))
            return ValueTask.FromResult(true);
        // What it held elsewhere is free for others while it waits here.
        walk.Leave();
        if (!gate.TryEnter(Claims.PriorityOf(exchange) >= gate.Settings.BatchPriority, out var place))
            return WaitAsync(exchange, walk);
        walk.Place = place;
        return ValueTask.FromResult(true);
    }

    /// <summary>A place for a request of a route that the flow does not read.</summary>
    public static async ValueTask<Admittance> EnterAsync(UpstreamPool to, HttpContext http, int bytes, CancellationToken stopping)
    {
        if (to.Gate.TryEnter(isSpare: false, out var place))
            return new Admittance(AdmissionVerdict.Entered, place, default, default);
        var outcome = await to.Gate.EnterAsync(Claims.OfPassed(http, bytes), to.Gate.Settings.QueueTimeout, http.RequestAborted, stopping);
        AdmissionMetrics.Count(to.Pool.Name, outcome);
        return outcome;
    }

    private static async ValueTask<bool> WaitAsync(Exchange exchange, PlanWalk walk)
    {
        var note = exchange.Queue ??= new QueueNote();
        var lifetime = exchange.Lifetime!;
        var claim = Claims.Of(exchange);
        do
        {
            walk.PassOver();
            var (to, gate) = (walk.Current, walk.Current.Gate);
            var isBatch = claim.Priority >= gate.Settings.BatchPriority;
            var asked = exchange.Attempts.Count > 0 && !isBatch ? claim with { Priority = AdmissionClaim.UnderWay } : claim;
            var patience = gate.Settings.QueueTimeout - note.Waited;
            var outcome = await gate.EnterAsync(asked, patience < lifetime.Left ? patience : lifetime.Left, lifetime.CallerGone, lifetime.Stopping);
            exchange.Wait(outcome.Waited);
            note.Add(to.Pool.Name, outcome);
            AdmissionMetrics.Count(to.Pool.Name, outcome);
            if (outcome.IsEntered)
            {
                walk.Place = outcome.Place;
                return true;
            }
        }
        while (lifetime.EndedBy is null && walk.TryOverflow());
        return false;
    }
}
