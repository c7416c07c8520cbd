namespace Gateway.Caching;

/// <summary>A complete answer as it is stored: once, whatever form it came in and whatever form it will be asked for in.</summary>
/// <param name="Body">The answer's bytes, whose form is the caller of the cache's own matter.</param>
/// <param name="Pool">The pool that answered.</param>
/// <param name="ServedModel">The model that did.</param>
/// <param name="PromptTokens">Tokens of its prompt.</param>
/// <param name="CompletionTokens">Tokens of the answer: what a hit saves.</param>
/// <param name="Facts">By what it is found again when it shall go.</param>
public sealed record CachedAnswer(
    ReadOnlyMemory<byte> Body, string Pool, string ServedModel, int PromptTokens, int CompletionTokens, EntryFacts Facts);
