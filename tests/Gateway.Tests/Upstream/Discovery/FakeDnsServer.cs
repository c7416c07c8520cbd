using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests.Upstream.Discovery;

/// <summary>A DNS server over UDP on loopback that answers with the records a test gives it, and otherwise that there is no such name.</summary>
internal sealed class FakeDnsServer : IAsyncDisposable
{
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly ConcurrentDictionary<(string Name, ushort Type), byte[][]> _records = new();
    private readonly Task _running;

    public FakeDnsServer() => _running = RunAsync();

    public string Address => _socket.Client.LocalEndPoint!.ToString()!;

    /// <summary>Questions, as <c>name type</c> with the type's number.</summary>
    public ConcurrentQueue<string> Questions { get; } = new();

    /// <summary>Answers nothing while it is set.</summary>
    public bool IsSilent { get; set; }

    public void Addresses(string name, uint ttl, params string[] addresses)
    {
        foreach (var family in addresses.Select(IPAddress.Parse).GroupBy(address => address.AddressFamily))
        {
            var type = (ushort)(family.Key == AddressFamily.InterNetwork ? 1 : 28);
            _records[(name, type)] = [.. family.Select(address => Record(name, type, ttl, address.GetAddressBytes()))];
        }
    }

    public void Services(string name, uint ttl, params (ushort Priority, ushort Port, string Target)[] services) =>
        _records[(name, 33)] = [.. services.Select(service => Record(name, 33, ttl, Service(service.Priority, service.Port, service.Target)))];

    public void Forget(string name)
    {
        foreach (var key in _records.Keys.Where(key => key.Name == name))
            _records.TryRemove(key, out _);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync()
    {
        while (true)
        {
            var received = await _socket.ReceiveAsync();
            if (!IsSilent)
                await _socket.SendAsync(Answer(received.Buffer), received.RemoteEndPoint);
        }
    }

    private byte[] Answer(byte[] query)
    {
        var (at, labels) = (12, new List<string>());
        for (; query[at] != 0; at += query[at] + 1)
            labels.Add(Encoding.ASCII.GetString(query, at + 1, query[at]));
        var name = string.Join('.', labels);
        var type = BinaryPrimitives.ReadUInt16BigEndian(query.AsSpan(at + 1));
        Questions.Enqueue($"{name} {type}");
        var isKnown = _records.Keys.Any(key => key.Name == name);
        var records = _records.GetValueOrDefault((name, type), []);
        byte[] header = [query[0], query[1], 0x81, (byte)(isKnown ? 0x80 : 0x83), 0, 1, 0, (byte)records.Length, 0, 0, 0, 0];
        return [.. header, .. query[12..(at + 5)], .. records.SelectMany(record => record)];
    }

    private static byte[] Record(string name, ushort type, uint ttl, byte[] value)
    {
        var record = new byte[10];
        BinaryPrimitives.WriteUInt16BigEndian(record, type);
        BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(2), 1);
        BinaryPrimitives.WriteUInt32BigEndian(record.AsSpan(4), ttl);
        BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(8), (ushort)value.Length);
        return [.. Name(name), .. record, .. value];
    }

    private static byte[] Service(ushort priority, ushort port, string target) =>
        [(byte)(priority >> 8), (byte)priority, 0, 0, (byte)(port >> 8), (byte)port, .. Name(target)];

    private static byte[] Name(string name) =>
        [.. name.Split('.').SelectMany(label => Encoding.ASCII.GetBytes(label).Prepend((byte)label.Length)), 0];
}
