using Gateway.Caching.Stores;

namespace Gateway.Caching.Tests.Semantic;

/// <summary>An index that looks at every entry.</summary>
internal sealed class FakeIndex : IVectorIndex
{
    public Dictionary<CacheKey, IndexEntry> Entries { get; } = [];

    public ValueTask<IReadOnlyList<Neighbour>> SearchAsync(CacheKey scope, ReadOnlyMemory<float> vector, int most, float atLeast, CancellationToken cancel) =>
        new([.. Entries.Values
            .Where(entry => entry.Scope == scope)
            .Select(entry => new Neighbour(entry.Id, FakeEmbedder.Cosine(entry.Vector.Span, vector.Span), entry.Payload))
            .Where(near => near.Similarity >= atLeast)
            .OrderByDescending(near => near.Similarity)
            .Take(most)]);

    public ValueTask AddAsync(IndexEntry entry, CancellationToken cancel)
    {
        // As over a network: nothing of the caller's is kept.
        Entries[entry.Id] = entry with { Vector = entry.Vector.ToArray(), Payload = entry.Payload.ToArray() };
        return default;
    }

    public ValueTask<long> RemoveAsync(EntryFilter filter, CancellationToken cancel)
    {
        var gone = Entries.Values.Where(entry => filter.Matches(entry.Id, entry.Facts)).Select(entry => entry.Id).ToList();
        gone.ForEach(id => Entries.Remove(id));
        return new(gone.Count);
    }

    public ValueTask<long> CountAsync(CancellationToken cancel) => new(Entries.Count);

    public ValueTask DisposeAsync() => default;
}
