using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests.Malformed.Wire;

/// <summary>A connection on which any bytes can be sent, and responses read one after the other.</summary>
internal sealed class RawConnection : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Socket _socket;
    private byte[] _buffer = new byte[32 * 1024];
    private int _start;
    private int _end;

    private RawConnection(Socket socket) => _socket = socket;

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port);
        return new RawConnection(socket);
    }

    /// <summary>One request on a connection of its own.</summary>
    public static async Task<RawReply> AskAsync(Uri address, string request) => await AskAsync(address, Encoding.UTF8.GetBytes(request));

    /// <summary>One request on a connection of its own.</summary>
    public static async Task<RawReply> AskAsync(Uri address, byte[] request)
    {
        using var connection = await OpenAsync(address);
        await connection.SendAsync(request);
        return await connection.ReadAsync();
    }

    public ValueTask SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel = default)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await _socket.SendAsync(bytes, cancel)..];
    }

    /// <summary>The next response.</summary>
    /// <exception cref="IOException">The connection ended before it did.</exception>
    public async Task<RawReply> ReadAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await ReadAsync(patience.Token);
    }

    /// <summary>The next response.</summary>
    /// <exception cref="IOException">The connection ended before it did.</exception>
    public async ValueTask<RawReply> ReadAsync(CancellationToken cancel)
    {
        var head = Encoding.Latin1.GetString((await TakeThroughAsync("\r\n\r\n"u8.ToArray(), cancel)).Span);
        var reply = new RawReply(int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture), head, []);
        if (reply.Status is 100 or 204)
            return reply;
        if (reply.Header("Content-Length") is { } length)
            return reply with { Body = (await TakeAsync(int.Parse(length, CultureInfo.InvariantCulture), cancel)).ToArray() };
        return reply with { Body = reply.Header("Transfer-Encoding") == "chunked" ? await ReadChunksAsync(cancel) : await ReadToEndAsync(cancel) };
    }

    /// <summary>Waits for the other side to close; false when it sends something instead.</summary>
    public async Task<bool> IsClosedAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return !await FillAsync(patience.Token);
        }
        catch (SocketException)
        {
            return true;
        }
    }

    /// <summary>Sends no more, but goes on reading.</summary>
    public void Finish() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Goes away without a word: the other side gets a reset.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask<byte[]> ReadChunksAsync(CancellationToken cancel)
    {
        using var body = new MemoryStream();
        while (true)
        {
            var size = int.Parse((await TakeThroughAsync("\r\n"u8.ToArray(), cancel)).Span[..^2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            body.Write((await TakeAsync(size + 2, cancel)).Span[..^2]);
            if (size == 0)
                return body.ToArray();
        }
    }

    private async ValueTask<byte[]> ReadToEndAsync(CancellationToken cancel)
    {
        while (await FillAsync(cancel))
        {
        }

        return (await TakeAsync(_end - _start, cancel)).ToArray();
    }

    private async ValueTask<ReadOnlyMemory<byte>> TakeThroughAsync(byte[] mark, CancellationToken cancel)
    {
        int at;
        while ((at = _buffer.AsSpan(_start, _end - _start).IndexOf(mark)) < 0)
        {
            if (!await FillAsync(cancel))
                throw new IOException($"the connection ended after {_end - _start} bytes of a response");
        }

        return await TakeAsync(at + mark.Length, cancel);
    }

    private async ValueTask<ReadOnlyMemory<byte>> TakeAsync(int count, CancellationToken cancel)
    {
        while (_end - _start < count)
        {
            if (!await FillAsync(cancel))
                throw new IOException($"the connection ended {count - _end + _start} bytes before the response did");
        }

        _start += count;
        return _buffer.AsMemory(_start - count, count);
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancel)
    {
        if (_end == _buffer.Length)
        {
            var room = _start > _buffer.Length / 2 ? new byte[_buffer.Length] : new byte[_buffer.Length * 2];
            _buffer.AsSpan(_start, _end - _start).CopyTo(room);
            (_buffer, _end, _start) = (room, _end - _start, 0);
        }

        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_end), cancel);
        _end += read;
        return read > 0;
    }
}
