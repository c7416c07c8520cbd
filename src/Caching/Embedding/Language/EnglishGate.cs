namespace Gateway.Caching.Embedding.Language;

/// <summary>Lets English through.</summary>
public sealed class EnglishGate : ILanguageGate
{
    public static EnglishGate Instance { get; } = new();

    public string? Refusal(ReadOnlySpan<char> text, ReadOnlySpan<int> pieces) => AskLanguage.Of(text, pieces.Length) is { } other ? Reasons.For(other) : null;

    private static class Reasons
    {
        private static readonly Dictionary<string, string> ByLanguage =
            AskLanguage.Known.ToDictionary(code => code, code => $"language {code} is outside the embedder's");

        public static string For(string code) => ByLanguage[code];
    }
}
