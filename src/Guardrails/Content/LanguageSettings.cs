using System.Collections.Immutable;

namespace Gateway.Guardrails.Content;

/// <summary>Languages that may be spoken.</summary>
/// <param name="Allowed">ISO 639-1 codes.</param>
public sealed record LanguageSettings(ImmutableArray<string> Allowed);
