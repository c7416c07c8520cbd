using System.Collections.Immutable;

namespace Gateway.Caching;

/// <summary>One request as the cache sees it.</summary>
/// <param name="Exact">Digest of all that it asks; also the id of the entry its answer becomes.</param>
/// <param name="Scope">Digest of all that it asks but the last ask's text: only entries of the same scope are ever compared by meaning.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Model">The model asked for.</param>
/// <param name="Ask">The last ask's text; null when it shall be compared by meaning with nothing.</param>
/// <param name="Tags">Tags that its entry shall have.</param>
public sealed record CacheQuestion(CacheKey Exact, CacheKey Scope, string Owner, string Model, string? Ask, ImmutableArray<string> Tags);
