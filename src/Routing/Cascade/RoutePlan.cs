using System.Collections.Immutable;

namespace Gateway.Routing.Cascade;

/// <summary>Pools in the order to try, and why the first one is first.</summary>
/// <param name="Pools">Never empty.</param>
/// <param name="Reason">A few words for <c>x-gateway-route</c>: the rule, or the score beside its threshold.</param>
/// <param name="Score">The complexity, where it was asked for; in [0, 1].</param>
/// <param name="Quantile">The share of recent scores that were lower, where a window of them is kept; in [0, 1].</param>
public sealed record RoutePlan(ImmutableArray<Pool> Pools, string Reason, double? Score = null, double? Quantile = null)
{
    /// <summary>How answers of pools that have a larger one behind them are judged; null when they are shown as they come.</summary>
    public VerifySettings? Verify { get; init; }

    /// <summary>The request's place in the upstream's queue, lower being earlier; null when the caller's own stands.</summary>
    public int? Priority { get; init; }

    /// <summary>The group that all its pools are of, and that the request may not leave; null when it may go anywhere.</summary>
    public string? Group { get; init; }

    /// <summary>The plan without the pools of other groups; null when none is left.</summary>
    public RoutePlan? Within(string group)
    {
        var kept = Pools.RemoveAll(pool => pool.Group != group);
        if (kept.IsEmpty)
            return null;
        var isFirstKept = kept[0] == Pools[0];
        return this with
        {
            Group = group,
            Pools = kept,
            Reason = isFirstKept ? Reason : $"{Reason}; stays in group {group}",
            Hedges = Hedges && isFirstKept,
        };
    }

    /// <summary>It starts small, so near the line that the next larger pool is asked at the same time.</summary>
    public bool Hedges { get; init; }
}
