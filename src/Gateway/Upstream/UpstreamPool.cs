using Gateway.Configuration;
using Gateway.Dispatch;
using Gateway.Protocol;
using Gateway.Routing;
using Gateway.Routing.Admission;

namespace Gateway.Upstream;

/// <summary>A pool as the dispatcher uses it: whom to pick, how to reach them, and how often.</summary>
/// <remarks>Whatever does not change from request to request is worked out here, once.</remarks>
public sealed class UpstreamPool(Pool pool, PoolOptions options, PoolConnections connections, RetryBudget budget)
{
    public Pool Pool { get; } = pool;

    public PoolOptions Options { get; } = options;

    public PoolConnections Connections { get; } = connections;

    public RetryBudget Budget { get; } = budget;

    /// <summary>Who may come in.</summary>
    public required AdmissionGate Gate { get; init; }

    /// <summary>The model's name as the JSON string that is spliced into requests.</summary>
    public byte[] ModelJson { get; } = RequestSplice.ModelJson(pool.Model);

    /// <summary>USD for an answer with this usage; null when the pool has no price.</summary>
    public decimal? CostOf(Usage usage)
    {
        if (Options.Price is not { } price)
            return null;
        var cached = Math.Min(usage.Cached, usage.Prompt);
        return (((usage.Prompt - cached) * price.Input)
            + (cached * (price.CachedInput ?? price.Input))
            + (usage.Completion * price.Output)) / 1_000_000m;
    }
}
