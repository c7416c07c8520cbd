using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Gateway.Caching;

/// <summary>Collects the parts that decide who may share an answer, and digests them.</summary>
/// <remarks>
/// Each part stands behind its length, so that no two lists of parts give the same bytes: what moves from one part into the next makes
/// another digest. To be disposed of, since the bytes are lent.
/// </remarks>
/// <param name="room">Bytes to begin with; a guess at the sum of the parts.</param>
public ref struct CacheScope(int room)
{
    private byte[]? _bytes = ArrayPool<byte>.Shared.Rent(room);
    private int _length;

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> part)
    {
        var span = Reserve(sizeof(int) + part.Length);
        BinaryPrimitives.WriteInt32LittleEndian(span, part.Length);
        part.CopyTo(span[sizeof(int)..]);
    }

    /// <summary>Adds a text, by its UTF-16 units; null differs from the empty one.</summary>
    public void Add(string? part)
    {
        var bytes = MemoryMarshal.AsBytes(part.AsSpan());
        var span = Reserve(sizeof(int) + bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(span, part is null ? -1 : bytes.Length);
        bytes.CopyTo(span[sizeof(int)..]);
    }

    /// <summary>Adds a digest.</summary>
    public void Add(CacheKey part) => part.CopyTo(Reserve(CacheKey.Size));

    /// <summary>Adds a number.</summary>
    public void Add(long part) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(sizeof(long)), part);

    /// <summary>The digest of all that was added.</summary>
    public readonly CacheKey ToKey() => CacheKey.Of(_bytes.AsSpan(0, _length));

    public void Dispose()
    {
        if (_bytes is not null)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = null;
    }

    private Span<byte> Reserve(int count)
    {
        if (count > _bytes!.Length - _length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + count, _bytes.Length * 2));
            _bytes.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        var reserved = _bytes.AsSpan(_length, count);
        _length += count;
        return reserved;
    }
}
