using Gateway.Protocol;
using Gateway.Routing;
using Gateway.Routing.Cascade;

namespace Gateway.Completions;

/// <summary>The group of pools that a request may not leave, whatever fails: because its model says so, a rule, or its caller.</summary>
/// <remarks>
/// It is applied to the plan, and everything that is sent anywhere is sent to a pool of the plan: attempts, fallbacks, escalations, hedges
/// and resumptions. What is asked beside the plan, for learning, is bound by <see cref="Exchange.Group"/>.
/// </remarks>
internal static class GroupBond
{
    /// <summary>Request header with which a caller binds a request to a group.</summary>
    public const string Header = "x-gateway-group";

    /// <summary>Finds the group of a request.</summary>
    /// <param name="headers">The caller's.</param>
    /// <param name="fleet">The pools.</param>
    /// <param name="told">What the model asked for, a rule and the model that a rule chose say, in this order; the first that says anything counts.</param>
    /// <param name="group">Null when it may go anywhere.</param>
    /// <returns>The error to answer with where the caller names a group that is none, or another than the one it is bound to.</returns>
    public static ApiError? Find(IHeaderDictionary headers, Fleet fleet, (string? Asked, string? Rule, string? Routed) told, out string? group)
    {
        group = told.Asked ?? told.Rule ?? told.Routed;
        if (!headers.TryGetValue(Header, out var values))
            return null;
        var wanted = values.ToString();
        if (group is not null && group != wanted)
            return ApiError.BadRequest("group_conflict", $"The header {Header} asks for the group '{wanted}', and the request belongs to '{group}'.", Header);
        if (!fleet.Pools.Any(pool => pool.Group == wanted))
        {
            var known = string.Join(", ", fleet.Pools.Select(pool => pool.Group).OfType<string>().Distinct());
            return ApiError.BadRequest("group_not_found", $"The header {Header} names no group: '{wanted}'. Known groups: {known}.", Header);
        }

        group = wanted;
        return null;
    }

    /// <summary>Binds a plan to a group.</summary>
    /// <returns>The error to answer with when that leaves no pool.</returns>
    public static ApiError? Bind(ref RoutePlan plan, string model, string? group)
    {
        if (group is null)
            return null;
        if (plan.Within(group) is not { } kept)
            return NothingLeft($"No pool of the group '{group}' serves the model '{model}'.", group);
        plan = kept;
        return null;
    }

    /// <summary>The group has nothing more to try; other pools might, and are not asked.</summary>
    public static ApiError NothingLeft(string what, string group) => new(
        503, "service_unavailable", "group_unavailable", $"{what} The request belongs to the group '{group}' and may not leave it.", RetryAfter: TimeSpan.FromSeconds(1));
}
