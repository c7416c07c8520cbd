using System.Buffers;
using Gateway.Protocol;

namespace Gateway.Upstream;

/// <summary>A complete answer that was not streamed: the upstream's bytes in a pooled buffer, and what they mean.</summary>
public sealed class WholeAnswer(byte[] pooled, int length, Chunk outline) : IDisposable
{
    private byte[]? _pooled = pooled;

    public ReadOnlyMemory<byte> Body => _pooled.AsMemory(0, length);

    public Usage? Usage => outline.Usage;

    /// <summary>Where the value of its last choice's <c>logprobs</c> stands; empty when it has none.</summary>
    public ByteRange Logprobs => outline.Logprobs;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _pooled, null) is { } buffer)
            ArrayPool<byte>.Shared.Return(buffer);
    }
}
