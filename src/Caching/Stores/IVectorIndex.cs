namespace Gateway.Caching.Stores;

/// <summary>Finds the entries of a scope whose vectors are nearest to one.</summary>
/// <remarks>
/// All vectors of an index have one dimension and come from one version of one embedder, which its name in the store says: a change of
/// either starts a new, empty index. Vectors are of unit length, so that a dot product is the cosine similarity. What is expired is never
/// returned. An index that is reached over a network may throw or be slow, and is asked through what bounds both.
/// </remarks>
public interface IVectorIndex : IAsyncDisposable
{
    /// <summary>The nearest entries of a scope, nearest first.</summary>
    /// <param name="scope">Entries of any other scope are as if they were not there.</param>
    /// <param name="vector">What to be near to.</param>
    /// <param name="most">How many to return.</param>
    /// <param name="atLeast">The lowest similarity to return.</param>
    /// <param name="cancel">Gives up waiting.</param>
    ValueTask<IReadOnlyList<Neighbour>> SearchAsync(CacheKey scope, ReadOnlyMemory<float> vector, int most, float atLeast, CancellationToken cancel);

    /// <summary>Adds an entry, over whatever had its id.</summary>
    ValueTask AddAsync(IndexEntry entry, CancellationToken cancel);

    /// <summary>Removes entries.</summary>
    /// <returns>How many; where the store does not say, at least how many.</returns>
    ValueTask<long> RemoveAsync(EntryFilter filter, CancellationToken cancel);

    /// <summary>How many entries there are, over all scopes.</summary>
    ValueTask<long> CountAsync(CancellationToken cancel);
}

/// <summary>An entry of a vector index.</summary>
/// <param name="Id">Its answer's exact key.</param>
/// <param name="Scope">Its scope.</param>
/// <param name="Vector">The ask's vector, of unit length.</param>
/// <param name="Facts">By what it is found again when it shall go.</param>
/// <param name="Payload">Up to a few kilobytes that come back with it: what a comparison needs of the ask.</param>
public sealed record IndexEntry(CacheKey Id, CacheKey Scope, ReadOnlyMemory<float> Vector, EntryFacts Facts, ReadOnlyMemory<byte> Payload);

/// <summary>An entry that is near.</summary>
/// <param name="Id">Its answer's exact key.</param>
/// <param name="Similarity">How near, in [-1, 1].</param>
/// <param name="Payload">What was stored with it.</param>
public readonly record struct Neighbour(CacheKey Id, float Similarity, ReadOnlyMemory<byte> Payload);
