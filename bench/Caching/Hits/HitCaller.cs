using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Gateway.Bench.Load.Wire;

namespace Gateway.Bench.Caching.Hits;

/// <summary>One keep-alive connection on a blocking socket: no thread but its own stands between a reply and its time.</summary>
public sealed class HitCaller : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly ReplyParser _reply = new();
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly HitAsk _ask;

    public HitCaller(HitAsk ask)
    {
        _ask = ask;
        _socket.Connect(ask.Endpoint);
    }

    /// <summary>Bytes of the last reply's body.</summary>
    public long ReplyBytes => _reply.BodyBytes;

    /// <summary>What the last reply's <c>x-gateway-cache</c> said; empty when it had none.</summary>
    public string Said { get; private set; } = "";

    /// <summary>Whether the last reply was of the kind that is timed.</summary>
    public bool IsAsMeant => _reply.Status == _ask.Status && (_ask.Says is null || Said.StartsWith(_ask.Says, StringComparison.Ordinal));

    /// <summary>Sends the request and reads its whole reply.</summary>
    /// <returns>From the first byte sent to the last one read.</returns>
    /// <exception cref="IOException">The connection was closed.</exception>
    public TimeSpan Call()
    {
        _reply.Reset();
        var from = Stopwatch.GetTimestamp();
        _socket.Send(_ask.Bytes);
        var head = 0;
        while (!_reply.IsComplete)
        {
            var read = _socket.Receive(_buffer.AsSpan(head));
            if (read == 0)
                throw new IOException($"{_ask.Name}: the connection was closed");
            _reply.Feed(_buffer.AsSpan(head, read));
            // The headers stay where they were read; of the rest only the length counts.
            head = head == 0 ? read : head;
        }

        var took = Stopwatch.GetElapsedTime(from);
        Said = HeaderOf(_buffer.AsSpan(0, head));
        return took;
    }

    public void Dispose() => _socket.Dispose();

    private static string HeaderOf(ReadOnlySpan<byte> reply)
    {
        var name = "x-gateway-cache: "u8;
        var at = reply.IndexOf(name);
        if (at < 0)
            return "";
        var value = reply[(at + name.Length)..];
        return Encoding.ASCII.GetString(value[..Math.Max(0, value.IndexOf((byte)'\r'))]);
    }
}
