using System.Collections.Immutable;

namespace Gateway.Guardrails.Secrets;

/// <summary>Finds credentials.</summary>
public sealed class SecretsGuard(SecretsSettings settings) : IGuard
{
    /// <summary>The kinds it knows, by label.</summary>
    public static ImmutableArray<string> Kinds { get; } = [];

    public int Lookbehind => 0;

    public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found) => throw new NotSupportedException(settings.ToString());
}
