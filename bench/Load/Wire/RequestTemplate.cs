using System.Net;
using System.Text;

namespace Gateway.Bench.Load.Wire;

/// <summary>
/// One HTTP request as bytes, built once. Eight digits of it are a serial number that each connection writes into its own copy, so that
/// no two requests are equal and no cache on the way answers what it is not meant to.
/// </summary>
public sealed class RequestTemplate
{
    /// <summary>Stands in the body where the serial number goes.</summary>
    public const string SerialSlot = "00000000";

    private readonly byte[] _bytes;
    private readonly int _slot;

    /// <param name="endpoint">Where the request goes; names the Host header.</param>
    /// <param name="path">The path, from the slash.</param>
    /// <param name="json">The body; <see cref="SerialSlot"/> in it, if there, is replaced request by request.</param>
    public RequestTemplate(IPEndPoint endpoint, string path, string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        var head = Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {endpoint}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        _bytes = [.. head, .. body];
        var slot = body.AsSpan().IndexOf(Encoding.ASCII.GetBytes(SerialSlot));
        _slot = slot < 0 ? -1 : head.Length + slot;
        Endpoint = endpoint;
    }

    /// <summary>Where the request goes.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>A copy for one connection to write serial numbers into.</summary>
    public byte[] Copy() => [.. _bytes];

    /// <summary>Writes a serial number into a copy.</summary>
    public void Number(Span<byte> copy, long serial)
    {
        if (_slot < 0)
        {
            return;
        }

        for (var i = _slot + SerialSlot.Length - 1; i >= _slot; i--, serial /= 10)
        {
            copy[i] = (byte)('0' + (serial % 10));
        }
    }
}
