namespace Gateway.Routing.Tests.Complexity.Languages;

/// <summary>An easy and a hard ask of one subject, in one language.</summary>
internal sealed record LanguagePair(string Easy, string Hard);
