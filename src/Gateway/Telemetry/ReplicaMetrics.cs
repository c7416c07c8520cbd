using Gateway.Routing;
using Prometheus;

namespace Gateway.Telemetry;

/// <summary>Gauges of each replica, set when somebody reads the metrics. What is not known of a replica is absent, and so is one that has left.</summary>
internal static class ReplicaMetrics
{
    private static readonly Lock Refreshing = new();

    private static readonly (Gauge Gauge, Func<Replica, double?> Read)[] Gauges =
    [
        (Create("up", "Whether the last probe reached it."), replica => Of(replica.IsReachable)),
        (Create("available", "Whether a request may go there now."), replica => Of(replica.IsAvailable)),
        (Create("breaker_open", "Whether its breaker is open, or tries it with one request at a time."), replica => Of(!replica.Breaker.IsClosed)),
        (Create("in_flight", "Our requests there."), replica => replica.InFlight),
        (Create("running", "Requests in its engine's batch, everybody's, at the last scrape."), replica => replica.Load?.Running),
        (Create("waiting", "Requests in its queue, everybody's, at the last scrape."), replica => replica.Load?.Waiting),
        (Create("kv_use", "Share of its KV cache in use, 0 to 1, at the last scrape."), replica => replica.Load?.KvUse),
        (Create("prefix_cache_hit_ratio", "Share of the prompt tokens since its start that were found in its prefix cache."), HitRatio),
        (Create("first_token_seconds", "From asking for a stream to its first token, of late."), replica => replica.FirstTokens.Value?.TotalSeconds),
        (Create("token_gap_seconds", "Between two arrivals of a stream, of late."), replica => replica.Gaps.Value?.TotalSeconds),
        (Create("queue_seconds", "In its own queue, of late, where its answers tell."), replica => replica.QueueTimes.Value?.TotalSeconds),
    ];

    private static HashSet<(string Pool, string Replica)> _shown = [];

    /// <summary>Takes the state of the fleet as it is now.</summary>
    public static void Refresh(Fleet fleet)
    {
        lock (Refreshing)
        {
            var seen = new HashSet<(string Pool, string Replica)>();
            foreach (var pool in fleet.Pools)
            {
                foreach (var replica in pool.Replicas)
                {
                    seen.Add((pool.Name, replica.Name));
                    Show(pool.Name, replica);
                }
            }

            foreach (var gone in _shown.Except(seen))
            {
                foreach (var (gauge, _) in Gauges)
                    gauge.RemoveLabelled(gone.Pool, gone.Replica);
            }

            _shown = seen;
        }
    }

    private static void Show(string pool, Replica replica)
    {
        foreach (var (gauge, read) in Gauges)
        {
            if (read(replica) is { } value)
                gauge.WithLabels(pool, replica.Name).Set(value);
            else
                gauge.RemoveLabelled(pool, replica.Name);
        }
    }

    private static Gauge Create(string name, string help) => GatewayMetrics.Factory.CreateGauge($"gateway_replica_{name}", help, "pool", "replica");

    private static double? Of(bool value) => value ? 1 : 0;

    private static double? HitRatio(Replica replica) =>
        replica.Load is { CacheQueries: > 0 } load ? (double)load.CacheHits / load.CacheQueries : null;
}
