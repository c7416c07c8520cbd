using System.Buffers;
using System.IO.Pipelines;

namespace Gateway.Cache.Flights;

/// <summary>One caller's part in another one's flight.</summary>
public sealed class FlightSeat : IDisposable
{
    /// <summary>Bytes that a caller may be behind; one that reads more slowly than that is let go, since they are all in memory.</summary>
    private const int MostBehind = 4 * 1024 * 1024;

    private readonly Flight _flight;
    private readonly Pipe? _frames;
    private long _pushed;
    private long _taken;

    internal FlightSeat(Flight flight, bool isLive)
    {
        _flight = flight;
        // The leader never waits for a follower, nor runs a follower's work.
        _frames = isLive ? new Pipe(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false)) : null;
    }

    public Flight Flight => _flight;

    /// <summary>Whether frames come as they arrive.</summary>
    public bool IsLive => _frames is not null;

    /// <summary>Whether it was let go for being too far behind.</summary>
    public bool IsLost { get; private set; }

    /// <summary>The frames that have come.</summary>
    internal PipeReader Frames => _frames!.Reader;

    internal void Taken(long bytes) => Interlocked.Add(ref _taken, bytes);

    internal void Push(ReadOnlySpan<byte> frames)
    {
        if (frames.IsEmpty || IsLost)
            return;
        _pushed += frames.Length;
        if (_pushed - Interlocked.Read(ref _taken) > MostBehind)
        {
            IsLost = true;
            _frames!.Writer.Complete();
            return;
        }

        _frames!.Writer.Write(frames);
        // Without a threshold there is nothing to wait for.
        _ = _frames.Writer.FlushAsync().AsTask();
    }

    internal void Finish()
    {
        if (_frames is not null && !IsLost)
            _frames.Writer.Complete();
    }

    public void Dispose()
    {
        _flight.Leave(this);
        _frames?.Reader.Complete();
    }
}
