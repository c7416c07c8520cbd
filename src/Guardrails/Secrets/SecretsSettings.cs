using System.Collections.Immutable;

namespace Gateway.Guardrails.Secrets;

/// <summary>What counts as a secret.</summary>
public sealed record SecretsSettings
{
    /// <summary>The kinds to find, by label; empty for all of <see cref="SecretsGuard.Kinds"/>.</summary>
    public ImmutableArray<string> Kinds { get; init; } = [];
}
