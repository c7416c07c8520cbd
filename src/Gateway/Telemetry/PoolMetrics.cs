using Gateway.Hosting;
using Gateway.Routing.Health;
using Prometheus;

namespace Gateway.Telemetry;

/// <summary>The figures that say who the pools' members are, how they stand, and who waits for them.</summary>
internal static class PoolMetrics
{
    private static readonly Gauge Replicas = GatewayMetrics.Factory.CreateGauge(
        "gateway_pool_replicas", "Members of a pool by what speaks against them: available, draining, unreachable, ejected.", "pool", "state");

    private static readonly Gauge InFlight = GatewayMetrics.Factory.CreateGauge(
        "gateway_pool_in_flight", "Requests that hold a place in a pool.", "pool");

    private static readonly Gauge Capacity = GatewayMetrics.Factory.CreateGauge(
        "gateway_pool_capacity", "Places that a pool has at the moment; +Inf when admission is off.", "pool");

    private static readonly Gauge Waiting = GatewayMetrics.Factory.CreateGauge(
        "gateway_queue_length", "Requests that wait for a place in a pool.", "pool");

    private static readonly Counter DiscoveryFailures = GatewayMetrics.Factory.CreateCounter(
        "gateway_discovery_failures_total", "Lookups of a pool's replicas that failed; those known stay.", "pool");

    private static readonly ReplicaState[] States = Enum.GetValues<ReplicaState>();

    /// <summary>Takes the members as they are, for the scrape that asked; pools that are no more are taken out.</summary>
    public static void Note(Blueprint blueprint)
    {
        foreach (var labels in Replicas.GetAllLabelValues().Where(labels => blueprint.Fleet.Find(labels[0]) is null).ToList())
        {
            Replicas.RemoveLabelled(labels);
            foreach (var gauge in new[] { InFlight, Capacity, Waiting })
                gauge.RemoveLabelled(labels[0]);
        }

        foreach (var upstream in blueprint.Upstreams)
        {
            var (pool, gate) = (upstream.Pool, upstream.Gate);
            var replicas = pool.Replicas;
            InFlight.WithLabels(pool.Name).Set(gate.InFlight);
            Capacity.WithLabels(pool.Name).Set(gate.Capacity == int.MaxValue ? double.PositiveInfinity : gate.Capacity);
            Waiting.WithLabels(pool.Name).Set(gate.Waiting);
            foreach (var state in States)
                Replicas.WithLabels(pool.Name, NameOf(state)).Set(replicas.Count(replica => replica.State == state));
        }
    }

    public static void CountDiscoveryFailure(string pool) => DiscoveryFailures.WithLabels(pool).Inc();

    /// <summary>The state's name as metrics and the admin listener write it.</summary>
    public static string NameOf(ReplicaState state) => state switch
    {
        ReplicaState.Available => "available",
        ReplicaState.Draining => "draining",
        ReplicaState.Unreachable => "unreachable",
        _ => "ejected",
    };
}
