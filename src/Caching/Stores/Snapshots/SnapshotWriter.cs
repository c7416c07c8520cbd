using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using Gateway.Caching.Stores.Coding;

namespace Gateway.Caching.Stores.Snapshots;

/// <summary>Writes entries into a stream in blocks that each carry their length and a checksum; the last block is empty.</summary>
/// <remarks>
/// A block is a length of four bytes, an XxHash3 of its bytes (seeded by its place, so that blocks cannot change places) and the bytes. The
/// first holds a format version and what the snapshot is of.
/// </remarks>
internal sealed class SnapshotWriter(Stream stream)
{
    public const int FormatVersion = 1;
    public const int HeaderSize = sizeof(int) + sizeof(ulong);

    /// <summary>A block is written when it is at least this big.</summary>
    private const int FullBlock = 1 << 20;

    private readonly ArrayBufferWriter<byte> _block = new(2 * FullBlock);
    private long _written;

    /// <summary>Where the next entry goes.</summary>
    public ByteWriter Entry => new(_block);

    /// <summary>Begins.</summary>
    /// <param name="kind">What it is a snapshot of.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask BeginAsync(string kind, CancellationToken cancel)
    {
        Entry.Number(FormatVersion);
        Entry.Text(kind);
        await FlushAsync(cancel);
    }

    /// <summary>Writes the entries so far, if they are enough to be worth it.</summary>
    public ValueTask NextAsync(CancellationToken cancel) => _block.WrittenCount < FullBlock ? default : FlushAsync(cancel);

    /// <summary>Writes the rest and the end.</summary>
    public async ValueTask EndAsync(CancellationToken cancel)
    {
        if (_block.WrittenCount > 0)
            await FlushAsync(cancel);
        await FlushAsync(cancel);
        await stream.FlushAsync(cancel);
    }

    private async ValueTask FlushAsync(CancellationToken cancel)
    {
        var header = new byte[HeaderSize];
        BinaryPrimitives.WriteInt32LittleEndian(header, _block.WrittenCount);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(sizeof(int)), XxHash3.HashToUInt64(_block.WrittenSpan, _written));
        await stream.WriteAsync(header, cancel);
        await stream.WriteAsync(_block.WrittenMemory, cancel);
        _block.ResetWrittenCount();
        _written++;
    }
}
