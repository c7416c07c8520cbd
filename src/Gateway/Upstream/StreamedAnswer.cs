using System.Buffers;
using System.Runtime.CompilerServices;
using Gateway.Protocol;

namespace Gateway.Upstream;

/// <summary>A streamed answer as it comes in: whole frames out of one pooled buffer, each read into a chunk.</summary>
/// <remarks>
/// Nothing is copied or dropped until <see cref="Release"/>: while no visible chunk has been seen the frames stay in the
/// buffer, so that an attempt that fails before its first token leaves no trace at the caller.
/// </remarks>
public sealed class StreamedAnswer(HttpResponseMessage response, Stream stream) : IDisposable
{
    private const int FirstBuffer = 8 * 1024;

    /// <summary>What the buffer grows to once an upstream has more to say at a time than the first one holds: fewer reads, fewer writes.</summary>
    private const int RoomyBuffer = 64 * 1024;

    /// <summary>Longest single frame, in bytes: a prompt of 100k tokens echoed as ids takes about 0.6 MB.</summary>
    private const int LongestFrame = 16 * 1024 * 1024;

    private byte[]? _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private int _length;
    private bool _wasFilled;
    private SseFrameReader _frames;
    private ChunkTemplate _template;

    public bool IsEnded { get; private set; }

    /// <summary>Takes what has arrived for all there is: nothing more is read.</summary>
    public void Close() => IsEnded = true;

    /// <summary>The bytes that <see cref="TryRead"/>'s ranges refer to.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>Whether the stream ended in the middle of a frame.</summary>
    public bool IsCutWithinFrame => IsEnded && _frames.Consumed < _length;

    /// <summary>The next whole frame that has arrived, and what it means.</summary>
    public bool TryRead(out SseFrame frame, out Chunk chunk)
    {
        if (!_frames.TryRead(Bytes, out frame))
        {
            chunk = default;
            return false;
        }

        chunk = frame.Data.IsEmpty ? new Chunk { Kind = ChunkKind.Part }
            : frame.HasManyDataLines ? new Chunk { Kind = ChunkKind.Garbage }
            : ReadChunk(frame.Data.In(Bytes));
        return true;
    }

    private Chunk ReadChunk(ReadOnlySpan<byte> payload)
    {
        if (_template.TryRead(payload, out var chunk))
            return chunk;
        chunk = ChunkReader.Read(payload);
        _template.Learn(payload, chunk);
        return chunk;
    }

    /// <summary>Drops the frames read so far, once they are delivered or of no use.</summary>
    public void Release()
    {
        var consumed = _frames.Consumed;
        if (consumed == 0)
            return;
        Bytes[consumed..].CopyTo(_buffer);
        _length -= consumed;
        _frames.Rebase(consumed);
    }

    /// <summary>Starts over at the first frame still held, so that held frames can be read again for delivery.</summary>
    public void Rewind() => _frames = default;

    /// <summary>Waits for more bytes.</summary>
    /// <returns>False when the stream has ended.</returns>
    /// <exception cref="InvalidDataException">One frame is longer than any frame may be.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> FillAsync(CancellationToken cancel)
    {
        if (IsEnded)
            return false;
        if (_length == _buffer!.Length)
            Grow(_length * 2);
        else if (_wasFilled && _buffer.Length < RoomyBuffer)
            Grow(RoomyBuffer);
        var read = await stream.ReadAsync(_buffer.AsMemory(_length), cancel);
        _length += read;
        _wasFilled = _length == _buffer.Length;
        IsEnded = read == 0;
        return read > 0;
    }

    /// <summary>
    /// Reads the end of the response behind the last frame, so that its connection can serve the next request. It has mostly
    /// arrived already; what takes longer than <paramref name="patience"/> is not waited for.
    /// </summary>
    public async ValueTask FinishAsync(AttemptClock clock, TimeSpan patience)
    {
        if (IsEnded)
            return;
        clock.Allow(patience);
        try
        {
            await FillAsync(clock.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException or InvalidDataException)
        {
            // The answer is whole; only the connection is lost.
        }
    }

    public void Dispose()
    {
        response.Dispose();
        _template.Forget();
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private void Grow(int size)
    {
        if (_length >= LongestFrame)
            throw new InvalidDataException($"A single event is longer than {LongestFrame} bytes.");
        var larger = ArrayPool<byte>.Shared.Rent(size);
        Bytes.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer!);
        _buffer = larger;
    }
}
