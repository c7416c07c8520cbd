using System.Buffers;

namespace Gateway.Protocol;

/// <summary>The caller's bytes, as they came, in a pooled buffer that this object owns.</summary>
public sealed class RequestBody(byte[] pooled, int length) : IDisposable
{
    private byte[]? _pooled = pooled;

    public int Length { get; } = length;

    public ReadOnlyMemory<byte> Memory => (_pooled ?? throw new ObjectDisposedException(nameof(RequestBody))).AsMemory(0, Length);

    public ReadOnlySpan<byte> Span => Memory.Span;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _pooled, null) is { } buffer)
            ArrayPool<byte>.Shared.Return(buffer);
    }
}
