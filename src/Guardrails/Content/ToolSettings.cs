using System.Collections.Immutable;

namespace Gateway.Guardrails.Content;

/// <summary>Which tools may be offered and called.</summary>
/// <param name="Allowed">Names, a star at the end standing for anything; empty for all.</param>
/// <param name="Denied">Names that are not allowed although they are.</param>
/// <param name="Schemas">JSON schemas of arguments, by the tool's name.</param>
public sealed record ToolSettings(ImmutableArray<string> Allowed, ImmutableArray<string> Denied, IReadOnlyDictionary<string, string> Schemas);
