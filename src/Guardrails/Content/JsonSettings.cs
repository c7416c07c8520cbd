namespace Gateway.Guardrails.Content;

/// <summary>What answers must be.</summary>
/// <param name="Schema">The JSON schema; null for any JSON.</param>
public sealed record JsonSettings(string? Schema);
