using Gateway.Cache.Storage;
using Gateway.Caching.Stores;
using Gateway.Caching.Stores.Guarding;
using Prometheus;

namespace Gateway.Telemetry;

/// <summary>How full the cache's own memory is, and how the servers that it uses are.</summary>
internal static class StoreMetrics
{
    private static readonly Counter Faults = GatewayMetrics.Factory.CreateCounter(
        "gateway_cache_store_faults_total", "Calls to a cache's server that came to nothing, by how they failed: tooslow, failed, or leftalone after failures before.",
        "store", "call", "kind");

    private static readonly Gauge LeftAlone = GatewayMetrics.Factory.CreateGauge(
        "gateway_cache_store_left_alone", "1 while a cache's server is not asked, because of faults before.", "store");

    private static readonly Gauge Entries = GatewayMetrics.Factory.CreateGauge(
        "gateway_cache_entries", "Entries in this process: answers, and vectors that they are found by.", "kind");

    private static readonly Gauge Bytes = GatewayMetrics.Factory.CreateGauge(
        "gateway_cache_bytes", "Bytes of the entries in this process.", "kind");

    private static readonly Gauge Evictions = GatewayMetrics.Factory.CreateGauge(
        "gateway_cache_evictions", "Entries that went for want of room since the cache was made.", "kind");

    public static void CountFault(StoreFault fault) =>
        Faults.WithLabels(fault.Store, fault.Call, fault.Kind.ToString().ToLowerInvariant()).Inc();

    /// <summary>Sets the gauges to what is so now.</summary>
    /// <param name="storage">The cache's storage; null when there is no cache.</param>
    public static void Refresh(CacheStorage? storage)
    {
        if (storage is null)
            return;
        Set("answers", storage.Memory.Figures);
        if (storage.Index is MemoryVectorIndex index)
            Set("vectors", index.Figures);
        foreach (var guard in storage.Guards)
            LeftAlone.WithLabels(guard.Store).Set(guard.IsOpen ? 1 : 0);
    }

    private static void Set(string kind, StoreFigures figures)
    {
        Entries.WithLabels(kind).Set(figures.Entries);
        Bytes.WithLabels(kind).Set(figures.Bytes);
        Evictions.WithLabels(kind).Set(figures.Evictions);
    }
}
