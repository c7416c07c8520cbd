using System.Collections.Concurrent;
using Gateway.Cache;
using Gateway.Caching;
using Gateway.Completions;
using Gateway.Protocol;
using Prometheus;

namespace Gateway.Telemetry;

/// <summary>What the cache answers, what it does not and why, and what that saves.</summary>
internal static class CacheMetrics
{
    private static readonly Counter Lookups = GatewayMetrics.Factory.CreateCounter(
        "gateway_cache_requests_total", "Requests by what the cache made of them: hit_exact, hit_semantic, hit_flight, miss, refresh or bypass.", "model", "outcome");

    private static readonly Counter Bypasses = GatewayMetrics.Factory.CreateCounter(
        "gateway_cache_bypass_total", "Requests that passed by the cache, by reason.", "reason");

    private static readonly Counter Misses = GatewayMetrics.Factory.CreateCounter(
        "gateway_cache_refused_total", "Misses although something near was there, or although nothing could be looked up, by reason.", "reason");

    private static readonly Counter SavedTokens = GatewayMetrics.Factory.CreateCounter(
        "gateway_cache_saved_tokens_total", "Tokens of answers that hits gave again, by kind.", "model", "kind");

    private static readonly Counter SavedUsd = GatewayMetrics.Factory.CreateCounter(
        "gateway_cache_saved_usd_total", "USD of answers that hits gave again, by the price of the pool that answered.", "model");

    private static readonly Counter Stored = GatewayMetrics.Factory.CreateCounter(
        "gateway_cache_stored_total", "Answers that were stored.");

    private static readonly Counter NotStored = GatewayMetrics.Factory.CreateCounter(
        "gateway_cache_not_stored_total", "Answers to requests that missed and that were not stored, by reason.", "reason");

    private static readonly Histogram Similarities = GatewayMetrics.Factory.CreateHistogram(
        "gateway_cache_similarity", "How near the nearest ask was, of requests for which one was near.", ["outcome"],
        new HistogramConfiguration { Buckets = [0.5, 0.6, 0.7, 0.75, 0.8, 0.84, 0.86, 0.88, 0.9, 0.92, 0.94, 0.96, 0.98, 0.99, 1] });

    private static readonly ConcurrentDictionary<(string Model, string Outcome), Counter.Child> LookupChildren = new();

    private static readonly ConcurrentDictionary<string, OfModel> Models = new();

    public static void CountStored() => Stored.Inc();

    public static void CountNotStored(string reason) => NotStored.WithLabels(reason).Inc();

    /// <summary>Closes a request's account.</summary>
    public static void Count(Exchange exchange)
    {
        if (exchange is not { Cache: { } visit, Asked: { } asked })
            return;
        LookupChildren.GetOrAdd((asked.Name, OutcomeOf(visit)), static labels => Lookups.WithLabels(labels.Model, labels.Outcome)).Inc();
        if (visit.Followed is { Served: { } served, Usage: { } usage } && exchange.IsDelivered)
            CountSaved(exchange, asked.Name, served.Name, usage);
        switch (visit.Lookup)
        {
            case CacheLookup.Bypass bypass:
                Bypasses.WithLabels(bypass.Reason).Inc();
                break;
            case CacheLookup.Miss { Reason: { } reason } miss:
                Misses.WithLabels(reason).Inc();
                Observe(miss.Similarity, "miss");
                break;
            case CacheLookup.Miss miss:
                Observe(miss.Similarity, "miss");
                break;
            case CacheLookup.Hit hit:
                Observe(hit.Similarity, "hit");
                if (exchange.IsDelivered)
                    CountSaved(exchange, asked.Name, hit.Answer.Pool, new Usage(hit.Answer.PromptTokens, hit.Answer.CompletionTokens, 0));
                break;
        }
    }

    private static void CountSaved(Exchange exchange, string model, string poolName, Usage usage)
    {
        var saved = Models.GetOrAdd(model, static name => new OfModel(
            SavedTokens.WithLabels(name, "prompt"), SavedTokens.WithLabels(name, "completion"), SavedUsd.WithLabels(name)));
        saved.Prompt.Inc(usage.Prompt);
        saved.Completion.Inc(usage.Completion);
        if (exchange.Blueprint.Fleet.Find(poolName) is { } pool)
            saved.Usd.Inc((double)(exchange.Blueprint.UpstreamOf(pool).CostOf(usage) ?? 0));
    }

    private static void Observe(float? similarity, string outcome)
    {
        if (similarity is { } near)
            Similarities.WithLabels(outcome).Observe(near);
    }

    private static string OutcomeOf(CacheVisit visit) => visit.Followed is not null ? "hit_flight" : visit.Lookup switch
    {
        null => "refresh",
        CacheLookup.Hit { Similarity: null } => "hit_exact",
        CacheLookup.Hit => "hit_semantic",
        CacheLookup.Bypass => "bypass",
        _ => "miss",
    };

    private sealed record OfModel(Counter.Child Prompt, Counter.Child Completion, Counter.Child Usd);
}
