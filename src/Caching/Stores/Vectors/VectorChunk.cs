namespace Gateway.Caching.Stores.Vectors;

/// <summary>Some vectors of one scope. Filled from the front; what is filled never changes.</summary>
/// <remarks>The first blocks of all vectors lie one behind the other, then the second ones: most vectors are done with after their first.</remarks>
internal sealed class VectorChunk(int room, int stride)
{
    private readonly int _blocks = ByteBlocks.Of(stride);
    private readonly sbyte[] _bytes = new sbyte[room * stride];
    private readonly float[] _rests = new float[room * ByteBlocks.Of(stride)];
    private readonly float[] _scales = new float[room];
    private readonly VectorNode[] _nodes = new VectorNode[room];
    private int _count;

    public int Room => _scales.Length;

    public bool IsFull => _count == Room;

    /// <summary>How many of its vectors are not gone. Only writers use it.</summary>
    public int Alive { get; private set; }

    /// <summary>Whether more of it is gone than not.</summary>
    public bool IsSparse => Alive < _count / 2;

    /// <summary>A block of all vectors, one behind the other.</summary>
    public ReadOnlySpan<sbyte> Block(int block) => _bytes.AsSpan(block * room * ByteDot.Block, room * ByteDot.Block);

    /// <summary>How long the vectors' rests behind a block are, in their bytes' units and rounded up.</summary>
    public ReadOnlySpan<float> Rests(int block) => _rests.AsSpan(block * room, room);

    public ReadOnlySpan<float> Scales => _scales;

    public float Scale(int at) => _scales[at];

    public VectorNode Node(int at) => _nodes[at];

    /// <summary>How many vectors a reader may look at.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Copies a vector.</summary>
    /// <param name="at">Which.</param>
    /// <param name="bytes">A stride of bytes.</param>
    public void Read(int at, Span<sbyte> bytes)
    {
        for (var block = 0; block < _blocks; block++)
            Place(block, at).CopyTo(bytes[(block * ByteDot.Block)..]);
    }

    /// <summary>Adds a vector. One writer at a time.</summary>
    /// <param name="node">Its entry.</param>
    /// <param name="vector">Its bytes, at most a stride of them.</param>
    /// <param name="scale">Its scale.</param>
    public void Add(VectorNode node, ReadOnlySpan<sbyte> vector, float scale)
    {
        Span<float> rests = new float[_blocks];
        ByteBlocks.Rests(vector, rests);
        for (var block = 0; block < _blocks; block++)
        {
            var bytes = vector[Math.Min(block * ByteDot.Block, vector.Length)..];
            bytes[..Math.Min(ByteDot.Block, bytes.Length)].CopyTo(Place(block, _count));
            _rests[(block * room) + _count] = rests[block];
        }

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
        Span<sbyte> bytes = new sbyte[stride];
        for (var i = 0; i < _count; i++)
        {
            if (_nodes[i].IsGone)
                continue;
            Read(i, bytes);
            other.Add(_nodes[i], bytes, _scales[i]);
        }
    }

    private Span<sbyte> Place(int block, int at) => _bytes.AsSpan(((block * room) + at) * ByteDot.Block, ByteDot.Block);
}
