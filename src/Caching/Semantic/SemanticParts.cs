using Gateway.Caching.Embedding;
using Gateway.Caching.Stores;

namespace Gateway.Caching.Semantic;

/// <summary>What a semantic cache works with.</summary>
/// <param name="Finder">Makes the vectors that the index holds; asked for every question, so it should be cheap.</param>
/// <param name="Confirmer">Its word on how near two asks are counts; asked only when the finder found something. Null: the finder's word counts.</param>
/// <param name="Index">Where entries are found.</param>
/// <param name="Differ">Says of a known ask and a new one where they differ in what matters, in a few words; null when nowhere.</param>
public sealed record SemanticParts(IEmbedder Finder, IEmbedder? Confirmer, IVectorIndex Index, Func<string, string, string?> Differ);
