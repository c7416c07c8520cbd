namespace Gateway.Configuration;

/// <summary>The names that the file may use for policies; the caller knows which exist.</summary>
/// <param name="Scorers">Complexity scorers, for <c>routing.scorer</c>.</param>
/// <param name="Balancing">Ways to pick a replica, for <c>pools.*.balancing</c>.</param>
/// <param name="AnswerChecks">Structural checks of answers, for <c>models.*.verify.checks</c>.</param>
public sealed record KnownPolicies(
    IReadOnlyCollection<string> Scorers, IReadOnlyCollection<string> Balancing, IReadOnlyCollection<string> AnswerChecks)
{
    /// <summary>For <c>cache.scope</c>.</summary>
    internal static readonly string[] CacheScopes = [CacheOptions.Tenant, CacheOptions.Everyone];

    /// <summary>For <c>cache.semantic.index</c>.</summary>
    internal static readonly string[] VectorIndexes = ["memory", "redis", "qdrant"];

    internal IReadOnlyCollection<string> Of(PolicyKind kind) => kind switch
    {
        PolicyKind.Scorer => Scorers,
        PolicyKind.Balancing => Balancing,
        PolicyKind.CacheScope => CacheScopes,
        PolicyKind.VectorIndex => VectorIndexes,
        _ => AnswerChecks,
    };
}
