using System.Collections.Immutable;

namespace Gateway.Guardrails.Pii;

/// <summary>Finds personal data.</summary>
public sealed class PiiGuard(PiiSettings settings) : IGuard
{
    /// <summary>The kinds it knows, by label.</summary>
    public static ImmutableArray<string> Entities { get; } = [];

    public int Lookbehind => 0;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found) => throw new NotSupportedException(settings.ToString());
}
