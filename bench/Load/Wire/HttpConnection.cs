using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Gateway.Bench.Load.Wire;

/// <summary>
/// One keep-alive HTTP/1.1 connection on a bare socket, one request at a time: the cheapest caller there is, because it shares the
/// cores with what is measured.
/// </summary>
public sealed class HttpConnection : IDisposable
{
    private const int ReadBytes = 16 * 1024;

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[ReadBytes];
    private readonly RequestTemplate _template;
    private readonly byte[] _request;

    private HttpConnection(Socket socket, RequestTemplate template, bool streams)
    {
        _socket = socket;
        _template = template;
        _request = template.Copy();
        Reply = new ReplyParser { Events = streams ? new SseTally() : null };
    }

    /// <summary>The reply being read, or the last one read.</summary>
    public ReplyParser Reply { get; }

    /// <summary>Opens a connection for requests of one template.</summary>
    /// <exception cref="SocketException">Nobody listens, or no port is left.</exception>
    public static async ValueTask<HttpConnection> OpenAsync(RequestTemplate template, bool streams)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(template.Endpoint);
            return new HttpConnection(socket, template, streams);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends the request with this serial number.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(long serial)
    {
        Reply.Reset();
        _template.Number(_request, serial);
        for (var sent = 0; sent < _request.Length;)
        {
            sent += await _socket.SendAsync(_request.AsMemory(sent), SocketFlags.None);
        }
    }

    /// <summary>Reads once and feeds <see cref="Reply"/>; false when the server closed.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> ReadAsync()
    {
        var read = await _socket.ReceiveAsync(_buffer.AsMemory(), SocketFlags.None);
        Reply.Feed(_buffer.AsSpan(0, read));
        return read > 0;
    }

    /// <summary>Closes the socket; a pending read ends with an error.</summary>
    public void Dispose() => _socket.Dispose();
}
