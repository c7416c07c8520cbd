using System.Collections.Immutable;

namespace Gateway.Guardrails.Pii;

/// <summary>What counts as personal data.</summary>
public sealed record PiiSettings
{
    /// <summary>The kinds to find, by label; empty for all of <see cref="PiiGuard.Entities"/>.</summary>
    public ImmutableArray<string> Entities { get; init; } = [];

    /// <summary>Further patterns by label: regular expressions of the subset that takes linear time.</summary>
    public IReadOnlyDictionary<string, string> Patterns { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Regions, as ISO 3166 codes, whose phone numbers are known without their country's code.</summary>
    public ImmutableArray<string> Regions { get; init; } = ["US"];
}
