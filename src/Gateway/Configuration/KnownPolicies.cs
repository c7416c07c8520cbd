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
    internal static readonly string[] VectorIndexes = ["memory", SemanticOptions.Redis, SemanticOptions.Qdrant];

    /// <summary>For <c>cache.exact.store</c>.</summary>
    internal static readonly string[] AnswerStores = ["memory", ExactOptions.Redis];

    /// <summary>For <c>guardrails.*.action</c>.</summary>
    internal static readonly string[] GuardActions = [GuardStepOptions.Block, GuardStepOptions.Redact, "flag"];

    /// <summary>For <c>guardrails.on_failure</c>.</summary>
    internal static readonly string[] GuardFailures = [GuardStepOptions.Shut, GuardStepOptions.Open];

    /// <summary>For <c>guardrails.other_routes</c>.</summary>
    internal static readonly string[] OtherRoutes = [GuardrailOptions.Refuse, GuardrailOptions.Pass];

    /// <summary>For <c>guardrails.guards.*.model.format</c>.</summary>
    internal static readonly string[] JudgeFormats = [ModelGuardOptions.LlamaGuard, ModelGuardOptions.YesNo];

    internal IReadOnlyCollection<string> Of(PolicyKind kind) => kind switch
    {
        PolicyKind.Scorer => Scorers,
        PolicyKind.Balancing => Balancing,
        PolicyKind.CacheScope => CacheScopes,
        PolicyKind.VectorIndex => VectorIndexes,
        PolicyKind.AnswerStore => AnswerStores,
        PolicyKind.GuardAction => GuardActions,
        PolicyKind.GuardFailure => GuardFailures,
        PolicyKind.OtherRoutes => OtherRoutes,
        PolicyKind.JudgeFormat => JudgeFormats,
        _ => AnswerChecks,
    };
}
