using System.Buffers;

namespace Gateway.Protocol;

/// <summary>Bytes in a lent buffer, added at the end and dropped at the front.</summary>
/// <param name="first">Length of the first buffer; they are lent when the first byte comes.</param>
internal sealed class RentedBytes(int first) : IDisposable
{
    private byte[]? _bytes;

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_bytes is null || bytes.Length > _bytes.Length - Length)
            Grow(Length + bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public void DropFront(int count)
    {
        Span[count..].CopyTo(_bytes);
        Length -= count;
    }

    public void Clear() => Length = 0;

    public void Dispose()
    {
        if (_bytes is not null)
            ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, Length) = (null, 0);
    }

    private void Grow(int least)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(least, Math.Max(first, (_bytes?.Length ?? 0) * 2)));
        Span.CopyTo(larger);
        if (_bytes is not null)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
