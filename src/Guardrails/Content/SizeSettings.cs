namespace Gateway.Guardrails.Content;

/// <summary>How long a request's texts, or an answer's, may be together.</summary>
/// <param name="Most">Bytes.</param>
public sealed record SizeSettings(long Most);
