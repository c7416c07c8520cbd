using System.Buffers;

namespace Gateway.Dispatch.Resume;

/// <summary>Bytes that are only ever added to, in a rented buffer, up to a bound.</summary>
/// <param name="most">Most bytes it holds; what comes then is not taken.</param>
internal sealed class TextLog(int most) : IDisposable
{
    private const int FirstBuffer = 1024;

    private byte[]? _bytes;

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    /// <returns>False when they do not fit; then nothing was added.</returns>
    public bool TryAppend(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > most - Length)
            return false;
        if (_bytes is null || bytes.Length > _bytes.Length - Length)
            Grow(Length + bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
        return true;
    }

    public void Clear() => Length = 0;

    /// <summary>Drops what is behind the first bytes.</summary>
    public void Cut(int length) => Length = Math.Min(Length, length);

    public void Dispose()
    {
        if (_bytes is not null)
            ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, Length) = (null, 0);
    }

    private void Grow(int least)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(least, Math.Max(FirstBuffer, (_bytes?.Length ?? 0) * 2)));
        Span.CopyTo(larger);
        if (_bytes is not null)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
