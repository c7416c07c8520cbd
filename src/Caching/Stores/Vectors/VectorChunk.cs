namespace Gateway.Caching.Stores.Vectors;

/// <summary>Some vectors of one scope, one behind the other. Filled from the front; what is filled never changes.</summary>
internal sealed class VectorChunk(int room, int stride)
{
    private readonly sbyte[] _bytes = new sbyte[room * stride];
    private readonly float[] _scales = new float[room];
    private readonly VectorNode[] _nodes = new VectorNode[room];
    private int _count;

    public int Room => _scales.Length;

    public bool IsFull => _count == Room;

    /// <summary>How many of its vectors are not gone. Only writers use it.</summary>
    public int Alive { get; private set; }

    /// <summary>Whether more of it is gone than not.</summary>
    public bool IsSparse => Alive < _count / 2;

    public ReadOnlySpan<sbyte> Vector(int at) => _bytes.AsSpan(at * stride, stride);

    public float Scale(int at) => _scales[at];

    public VectorNode Node(int at) => _nodes[at];

    /// <summary>How many vectors a reader may look at.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds a vector. One writer at a time.</summary>
    /// <param name="node">Its entry.</param>
    /// <param name="vector">Its bytes, at most a stride of them.</param>
    /// <param name="scale">Its scale.</param>
    public void Add(VectorNode node, ReadOnlySpan<sbyte> vector, float scale)
    {
        vector.CopyTo(_bytes.AsSpan(_count * stride));
        (_scales[_count], _nodes[_count]) = (scale, node);
        node.Chunk = this;
        Alive++;
        // The last of all: readers go no further than the count.
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>Counts one of its vectors as gone.</summary>
    public void Lose() => Alive--;

    /// <summary>Copies what is not gone.</summary>
    public void CopyTo(VectorChunk other)
    {
        for (var i = 0; i < _count; i++)
        {
            if (!_nodes[i].IsGone)
                other.Add(_nodes[i], Vector(i), _scales[i]);
        }
    }
}
