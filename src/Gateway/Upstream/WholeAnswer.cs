using System.Buffers;
using Gateway.Protocol;

namespace Gateway.Upstream;

/// <summary>A complete answer that was not streamed: the upstream's bytes in a pooled buffer, and what they mean.</summary>
/// <param name="pooled">The buffer, which goes back to its pool.</param>
/// <param name="length">Bytes of it that are the answer.</param>
/// <param name="usage">Token counts, if it carries any.</param>
/// <param name="logprobs">Where the value of its last choice's <c>logprobs</c> stands; empty when it has none.</param>
public sealed class WholeAnswer(byte[] pooled, int length, Usage? usage, ByteRange logprobs) : IDisposable
{
    private byte[]? _pooled = pooled;

    public ReadOnlyMemory<byte> Body => _pooled.AsMemory(0, length);

    public Usage? Usage { get; } = usage;

    public ByteRange Logprobs { get; } = logprobs;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _pooled, null) is { } buffer)
            ArrayPool<byte>.Shared.Return(buffer);
    }
}
