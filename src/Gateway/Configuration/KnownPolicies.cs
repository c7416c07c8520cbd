namespace Gateway.Configuration;

/// <summary>The names that the file may use for policies; the caller knows which exist.</summary>
/// <param name="Scorers">Complexity scorers, for <c>routing.scorer</c>.</param>
/// <param name="Balancing">Ways to pick a replica, for <c>pools.*.balancing</c>.</param>
public sealed record KnownPolicies(IReadOnlyCollection<string> Scorers, IReadOnlyCollection<string> Balancing)
{
    internal IReadOnlyCollection<string> Of(PolicyKind kind) => kind == PolicyKind.Scorer ? Scorers : Balancing;
}
