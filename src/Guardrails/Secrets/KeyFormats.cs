using System.Collections.Immutable;

namespace Gateway.Guardrails.Secrets;

/// <summary>All formats of vendors' keys. A new one is a line in the table of its trade.</summary>
internal static class KeyFormats
{
    public static readonly ImmutableArray<KeyFormat> All = [.. CloudFormats.All, .. DeveloperFormats.All, .. ServiceFormats.All];
}
