namespace Gateway.Guardrails.Content;

/// <summary>When an answer repeats the application's instructions.</summary>
/// <param name="Words">So many words in a row, or nearly, are a leak; 2 or more. Each character of Han, Kana or Thai counts as a word.</param>
public sealed record LeakSettings(int Words = 12);
