namespace Gateway.Caching.Embedding.Language;

/// <summary>Says whether an ask is in a language that an embedder knows.</summary>
public interface ILanguageGate
{
    /// <summary>Null when it is; otherwise why not, in a few words.</summary>
    /// <param name="text">The ask.</param>
    /// <param name="pieces">The ask in the embedder's pieces.</param>
    string? Refusal(ReadOnlySpan<char> text, ReadOnlySpan<int> pieces);
}

/// <summary>Refuses nothing: for embedders of many languages.</summary>
public sealed class AnyLanguage : ILanguageGate
{
    public static AnyLanguage Instance { get; } = new();

    public string? Refusal(ReadOnlySpan<char> text, ReadOnlySpan<int> pieces) => null;
}
