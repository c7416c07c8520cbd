using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests.Allocation;

/// <summary>A caller over a blocking socket that allocates nothing once it is made.</summary>
internal sealed class BareCaller : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 20_000 };
    private readonly byte[] _buffer = new byte[64 * 1024];

    public BareCaller(Uri address) => _socket.Connect(address.Host, address.Port);

    public static byte[] Post(string body) => Encoding.UTF8.GetBytes(
        $"POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    /// <summary>Sends a request and reads its answer of known length.</summary>
    public void Plain(ReadOnlySpan<byte> request)
    {
        _socket.Send(request);
        var (length, head) = (0, -1);
        while (head < 0)
        {
            length += Receive(_buffer.AsSpan(length));
            head = _buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
        }

        var mark = _buffer.AsSpan(0, head).IndexOf("Content-Length: "u8) + 16;
        if (!System.Buffers.Text.Utf8Parser.TryParse(_buffer.AsSpan(mark), out int body, out _))
            throw new IOException("no Content-Length");
        for (var left = head + 4 + body - length; left > 0;)
            left -= Receive(_buffer);
    }

    public void Dispose() => _socket.Dispose();

    private int Receive(Span<byte> into)
    {
        var read = _socket.Receive(into);
        return read > 0 ? read : throw new IOException("the gateway closed the connection");
    }
}
