using System.Buffers;

namespace Gateway.Upstream.SideCalls;

/// <summary>What a replica said to a question beside its requests; its bytes go back to their pool when it is disposed.</summary>
/// <param name="status">The HTTP status; 0 when no answer came.</param>
/// <param name="pooled">The buffer, which goes back to its pool; null when there is no body.</param>
/// <param name="length">Bytes of it that are the body.</param>
internal sealed class SideReply(int status, byte[]? pooled, int length) : IDisposable
{
    private byte[]? _pooled = pooled;

    /// <summary>The replica did not answer, not in time, or at more length than is read.</summary>
    public static SideReply None { get; } = new(0, null, 0);

    public int Status => status;

    public bool IsGood => status is >= 200 and < 300;

    /// <summary>Whether it says something about the replica for good: a yes, or a no that will not be a yes a moment later.</summary>
    public bool IsFinal => status is > 0 and < 500 and not 408 and not 429;

    public ReadOnlyMemory<byte> Body => _pooled.AsMemory(0, length);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _pooled, null) is { } buffer)
            ArrayPool<byte>.Shared.Return(buffer);
    }
}
