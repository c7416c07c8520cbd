using System.Buffers.Binary;
using System.IO.Hashing;
using Gateway.Caching.Stores.Coding;

namespace Gateway.Caching.Stores.Snapshots;

/// <summary>Reads what <see cref="SnapshotWriter"/> wrote, block by block; no byte is believed before its block's checksum is right.</summary>
internal sealed class SnapshotReader(Stream stream)
{
    /// <summary>No writer makes a bigger block than one that was nearly full and got the biggest of entries.</summary>
    private const int BiggestBlock = 256 << 20;

    private long _read;

    /// <summary>Why the rest is not to be used; null while all is well.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Reads the first block.</summary>
    public async ValueTask<bool> BeginAsync(string kind, CancellationToken cancel)
    {
        if (await NextAsync(cancel) is { } block)
            Refusal = RefusalOf(block, kind);
        else
            Refusal ??= "it is empty";
        return Refusal is null;
    }

    /// <summary>The next block of entries; null at the end, or when there is a <see cref="Refusal"/>.</summary>
    public async ValueTask<byte[]?> NextAsync(CancellationToken cancel)
    {
        var header = new byte[SnapshotWriter.HeaderSize];
        if (await stream.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancel) < header.Length)
            return Refuse("it is cut short");
        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (length is < 0 or > BiggestBlock)
            return Refuse("it is no snapshot");
        var block = new byte[length];
        if (await stream.ReadAtLeastAsync(block, length, throwOnEndOfStream: false, cancel) < length)
            return Refuse("it is cut short");
        if (BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(sizeof(int))) != XxHash3.HashToUInt64(block, _read++))
            return Refuse("a checksum is wrong");
        return length == 0 ? null : block;
    }

    /// <summary>Gives up on the rest.</summary>
    public byte[]? Refuse(string reason)
    {
        Refusal = reason;
        return null;
    }

    private static string? RefusalOf(byte[] block, string kind)
    {
        var reader = new ByteReader(block);
        var (version, found) = (reader.Number(), reader.Text());
        if (reader.IsBroken)
            return "it is no snapshot";
        if (version != SnapshotWriter.FormatVersion)
            return $"it is of format {version}, not {SnapshotWriter.FormatVersion}";
        return found == kind ? null : $"it is of {found}, not of {kind}";
    }
}
