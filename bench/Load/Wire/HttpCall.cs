using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Gateway.Bench.Load.Driving;
using Gateway.Bench.Load.Measuring;

namespace Gateway.Bench.Load.Wire;

/// <summary>One request and its whole reply over a pooled connection, written into a <see cref="Tally"/>.</summary>
public sealed class HttpCall(ConnectionPool pool, Serials serials, Tally tally, TimeProvider time) : ICall
{
    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask CallAsync(long intendedStart)
    {
        HttpConnection? connection = null;
        var reusable = false;
        try
        {
            connection = await pool.RentAsync();
            await connection.SendAsync(serials.Next());
            reusable = await ReadReplyAsync(connection, intendedStart);
        }
        catch (SocketException e)
        {
            tally.Failed(connection is null ? $"connect: {e.SocketErrorCode}" : $"socket: {e.SocketErrorCode}");
        }
        catch (InvalidDataException e)
        {
            tally.Failed($"malformed: {e.Message}");
        }
        catch (ObjectDisposedException)
        {
            tally.Failed("unfinished when the phase ended");
        }

        if (connection is not null)
        {
            pool.Return(connection, reusable);
        }
    }

    /// <inheritdoc/>
    public void NeverStarted(long intendedStart)
    {
        tally.Latency(intendedStart, time.GetTimestamp());
        tally.Failed("never started: the target is slower than the arrivals");
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadReplyAsync(HttpConnection connection, long intendedStart)
    {
        var reply = connection.Reply;
        var (frames, last) = (0, 0L);
        while (!reply.IsComplete)
        {
            if (!await connection.ReadAsync())
            {
                tally.Failed("cut: the connection closed inside the reply");
                return false;
            }

            if (reply.Events is { } events && events.Frames > frames)
            {
                last = CountChunks(intendedStart, last, events.Frames - frames);
                frames = events.Frames;
            }
        }

        Judge(reply, intendedStart);
        return !reply.Closes;
    }

    private long CountChunks(long intendedStart, long last, int arrived)
    {
        var now = time.GetTimestamp();
        if (last == 0)
        {
            tally.FirstChunk(intendedStart, now);
        }

        tally.Chunks(arrived, last, now);
        return now;
    }

    private void Judge(ReplyParser reply, long intendedStart)
    {
        tally.Latency(intendedStart, time.GetTimestamp());
        var failure = reply.Status != 200 ? $"http {reply.Status}"
            : reply.Events is { Failed: true } ? "error frame inside the stream"
            : reply.Events is { Done: false } ? "cut: no [DONE]"
            : null;
        if (failure is null)
        {
            tally.Answered();
        }
        else
        {
            tally.Failed(failure);
        }
    }
}
