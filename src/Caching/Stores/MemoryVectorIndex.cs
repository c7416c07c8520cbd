using System.Collections.Concurrent;
using Gateway.Caching.Stores.Snapshots;
using Gateway.Caching.Stores.Vectors;

namespace Gateway.Caching.Stores;

/// <summary>Vectors in this process's memory, rounded to bytes (<see cref="ByteVector"/>) and compared with all of their scope: what is found is what is nearest.</summary>
/// <remarks>
/// The vectors of a scope lie together, so that a search costs what its scope holds and nothing for what other scopes hold.
/// Searches take no lock; additions and removals wait for each other. When there are too many entries, one that was not found lately goes.
/// </remarks>
public sealed class MemoryVectorIndex : IVectorIndex
{
    private readonly Lock _writing = new();
    private readonly ConcurrentDictionary<CacheKey, ScopeVectors> _scopes = [];
    private readonly Dictionary<CacheKey, VectorNode> _byId = [];
    private readonly EntryRing _ring = new();
    private readonly VectorSpace _space;
    private readonly int _capacity;
    private readonly int _stride;
    private readonly TimeProvider _time;
    private long _payloadBytes;
    private long _evictions;
    private long _expirations;
    private long _hits;
    private long _misses;

    /// <param name="space">What its vectors are.</param>
    /// <param name="capacity">The most entries that it holds; one takes its dimensions in bytes, its payload and some 400 bytes.</param>
    /// <param name="time">The clock that entries expire by.</param>
    public MemoryVectorIndex(VectorSpace space, int capacity, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        (_space, _capacity, _time) = (space, capacity, time);
        _stride = ByteVector.Length(space.Dimensions);
    }

    /// <summary>Sizes and counts; a search that returned anything counts as a hit, and bytes are those of vectors and payloads.</summary>
    public StoreFigures Figures
    {
        get
        {
            lock (_writing)
            {
                var bytes = _payloadBytes + ((long)_ring.Count * _stride);
                return new StoreFigures(_ring.Count, bytes, _capacity, Volatile.Read(ref _hits), Volatile.Read(ref _misses), _evictions, 0, _expirations);
            }
        }
    }

    public ValueTask<IReadOnlyList<Neighbour>> SearchAsync(
        CacheKey scope, ReadOnlyMemory<float> vector, int most, float atLeast, CancellationToken cancel)
    {
        _space.Check(vector);
        var found = _scopes.TryGetValue(scope, out var vectors) ? Search(vectors, vector.Span, most, atLeast, cancel) : [];
        Interlocked.Increment(ref found.Length > 0 ? ref _hits : ref _misses);
        return new(found);
    }

    public ValueTask AddAsync(IndexEntry entry, CancellationToken cancel)
    {
        _space.Check(entry.Vector);
        Span<sbyte> bytes = new sbyte[_stride];
        var scale = ByteVector.Round(entry.Vector.Span, bytes);
        lock (_writing)
            Add(entry.Id, entry.Scope, entry.Facts, entry.Payload.ToArray(), bytes, scale);
        return ValueTask.CompletedTask;
    }

    public ValueTask<long> RemoveAsync(EntryFilter filter, CancellationToken cancel)
    {
        lock (_writing)
        {
            VectorNode[] nodes = filter.Id is { } id ? _byId.TryGetValue(id, out var one) ? [one] : [] : [.. _ring.Nodes];
            var removed = 0L;
            foreach (var node in nodes)
            {
                if (!filter.Matches(node.Id, node.Facts))
                    continue;
                Drop(node);
                removed++;
            }

            return new(removed);
        }
    }

    public ValueTask<long> CountAsync(CancellationToken cancel)
    {
        var now = _time.GetUtcNow();
        lock (_writing)
            return new(_ring.Nodes.Count(node => !node.IsExpired(now)));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Writes all entries that are not expired. Searches go on meanwhile; what is added meanwhile may be missing.</summary>
    public async ValueTask SaveAsync(Stream stream, CancellationToken cancel)
    {
        var snapshot = new VectorSnapshot(_space);
        await snapshot.SaveAsync(stream, [.. _scopes.Values], _time.GetUtcNow(), cancel);
    }

    /// <summary>Adds the entries that <see cref="SaveAsync"/> wrote, without those expired since. A snapshot that is damaged, or of other vectors, is refused whole.</summary>
    public async ValueTask<SnapshotLoad> LoadAsync(Stream stream, CancellationToken cancel)
    {
        var (now, entries) = (_time.GetUtcNow(), 0L);
        var added = new List<VectorNode>();
        var refusal = await new VectorSnapshot(_space).LoadAsync(stream, Take, cancel);
        if (refusal is null)
            return new SnapshotLoad(entries, null);
        lock (_writing)
            added.FindAll(node => !node.IsGone).ForEach(Drop);
        return new SnapshotLoad(0, refusal);

        void Take(VectorRecord record)
        {
            if (record.Facts.ExpiresAt <= now)
                return;
            lock (_writing)
            {
                if (Add(record.Id, record.Scope, record.Facts, record.Payload, record.Vector, record.Scale) is { } node)
                    added.Add(node);
            }

            entries++;
        }
    }

    private VectorNode? Add(CacheKey id, CacheKey scope, EntryFacts facts, byte[] payload, ReadOnlySpan<sbyte> vector, float scale)
    {
        if (_byId.TryGetValue(id, out var known))
            Drop(known);
        if (_capacity == 0)
            return null;
        while (_ring.Count >= _capacity)
            Evict();
        var vectors = _scopes.GetOrAdd(scope, static (scope, stride) => new ScopeVectors(scope, stride), _stride);
        var node = new VectorNode(id, vectors, facts, payload);
        vectors.Add(node, vector, scale);
        _byId.Add(id, node);
        _ring.Add(node);
        _payloadBytes += payload.Length;
        return node;
    }

    private void Evict()
    {
        var now = _time.GetUtcNow();
        var node = _ring.Next(now);
        if (node.IsExpired(now))
            _expirations++;
        else
            _evictions++;
        Drop(node);
    }

    private void Drop(VectorNode node)
    {
        node.Scope.Remove(node);
        if (node.Scope.IsEmpty)
            _scopes.TryRemove(node.Scope.Scope, out _);
        _byId.Remove(node.Id);
        _ring.Remove(node);
        _payloadBytes -= node.Payload.Length;
    }

    private Neighbour[] Search(ScopeVectors scope, ReadOnlySpan<float> vector, int most, float atLeast, CancellationToken cancel)
    {
        var scan = new VectorScan(vector, _stride);
        // Candidates are found with both sides rounded, which may make them seem further away than they are, and judged with one.
        var nearest = new NearestList(most, atLeast - ByteVector.Doubt(vector, scan.Scale));
        var now = _time.GetUtcNow();
        foreach (var chunk in scope.Chunks)
        {
            cancel.ThrowIfCancellationRequested();
            scan.Look(chunk, nearest, now);
        }

        return Judge(nearest, vector, atLeast);
    }

    private Neighbour[] Judge(NearestList nearest, ReadOnlySpan<float> vector, float atLeast)
    {
        var found = new List<Neighbour>(nearest.Best.Count);
        var bytes = new sbyte[_stride];
        foreach (var (_, chunk, at) in nearest.Best)
        {
            chunk.Read(at, bytes);
            var similarity = ByteVector.Dot(vector, bytes, chunk.Scale(at));
            if (similarity < atLeast)
                continue;
            var node = chunk.Node(at);
            node.WasFound = true;
            found.Add(new Neighbour(node.Id, similarity, node.Payload));
        }

        found.Sort((one, other) => other.Similarity.CompareTo(one.Similarity));
        return [.. found];
    }
}
