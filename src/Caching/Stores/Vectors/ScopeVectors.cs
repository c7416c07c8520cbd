namespace Gateway.Caching.Stores.Vectors;

/// <summary>All vectors of one scope, in chunks. Many readers at once, which never wait; one writer at a time, whom the index sees to.</summary>
internal sealed class ScopeVectors(CacheKey scope, int stride)
{
    // Most scopes hold a handful of entries; a big one grows by at most a chunk of 1.5 MB where vectors have 384 numbers.
    private const int SmallestChunk = 4;
    private const int BiggestChunk = 4096;

    private volatile VectorChunk[] _chunks = [];

    public CacheKey Scope => scope;

    /// <summary>What a reader looks through.</summary>
    public VectorChunk[] Chunks => _chunks;

    public bool IsEmpty => _chunks.Length == 0;

    public void Add(VectorNode node, ReadOnlySpan<sbyte> vector, float scale)
    {
        if (_chunks is [.., var last] && !last.IsFull)
        {
            last.Add(node, vector, scale);
            return;
        }

        Grow().Add(node, vector, scale);
    }

    /// <summary>Removes one of its entries.</summary>
    public void Remove(VectorNode node)
    {
        var chunk = node.Chunk!;
        node.IsGone = true;
        chunk.Lose();
        if (chunk.Alive == 0)
        {
            _chunks = Array.FindAll(_chunks, other => other != chunk);
        }
        else if (chunk.IsSparse)
        {
            var denser = new VectorChunk(Math.Max(chunk.Alive, SmallestChunk), stride);
            Replace(chunk, denser);
        }
    }

    /// <summary>A last chunk with room: a small one becomes one of twice the size, behind a big one comes another.</summary>
    private VectorChunk Grow()
    {
        if (_chunks is not [.., var last])
            return Append(SmallestChunk);
        if (last.Room >= BiggestChunk)
            return Append(BiggestChunk);
        var bigger = new VectorChunk(Math.Min(2 * last.Room, BiggestChunk), stride);
        Replace(last, bigger);
        return bigger;
    }

    private VectorChunk Append(int room)
    {
        var chunk = new VectorChunk(room, stride);
        _chunks = [.. _chunks, chunk];
        return chunk;
    }

    private void Replace(VectorChunk chunk, VectorChunk other)
    {
        chunk.CopyTo(other);
        _chunks = Array.ConvertAll(_chunks, one => one == chunk ? other : one);
    }
}
