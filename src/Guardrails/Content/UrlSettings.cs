using System.Collections.Immutable;

namespace Gateway.Guardrails.Content;

/// <summary>Hosts whose addresses may stand in a text.</summary>
/// <param name="Allowed">Hosts; <c>*.example.com</c> for those below one.</param>
public sealed record UrlSettings(ImmutableArray<string> Allowed);
