namespace Gateway.Guardrails.Content;

/// <summary>When an answer repeats the application's instructions.</summary>
/// <param name="Words">So many words in a row, or nearly, are a leak.</param>
public sealed record LeakSettings(int Words = 12);
