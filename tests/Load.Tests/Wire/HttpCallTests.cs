using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Bench.Load.Measuring;
using Gateway.Bench.Load.Wire;

namespace Gateway.Load.Tests.Wire;

public sealed class HttpCallTests : IDisposable
{
    private const string Head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Tally _tally = new(TimeProvider.System);

    public HttpCallTests()
    {
        _listener.Start();
        _tally.OpenWindow(0);
    }

    private IPEndPoint Endpoint => (IPEndPoint)_listener.LocalEndpoint;

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Two_calls_share_a_connection_and_no_two_requests_are_equal()
    {
        var requests = ServeAsync(Head + "a\r\ndata: {}\n\n\r\ne\r\ndata: [DONE]\n\n\r\n0\r\n\r\n", times: 2);
        using var pool = Pool();
        var call = new HttpCall(pool, new Serials(), _tally, TimeProvider.System);

        await call.CallAsync(TimeProvider.System.GetTimestamp());
        await call.CallAsync(TimeProvider.System.GetTimestamp());

        Assert.Equal((2, 2), (_tally.AnsweredSoFar, _tally.ChunksSoFar));
        Assert.Equal((2, 2), (_tally.LatencyQuantiles.Count, _tally.FirstChunkQuantiles.Count));
        Assert.Empty(_tally.Failures);
        Assert.Equal(["n 00000001", "n 00000002"], (await requests).Select(r => r[r.IndexOf("n 0", StringComparison.Ordinal)..]));
    }

    [Theory]
    [InlineData("HTTP/1.1 429 Busy\r\nContent-Length: 0\r\n\r\n", "http 429")]
    [InlineData(Head + "a\r\ndata: {}\n\n\r\n0\r\n\r\n", "cut: no [DONE]")]
    [InlineData(Head + "a\r\ndata: {}\n\n\r\n", "cut: the connection closed inside the reply")]
    [InlineData(Head + "19\r\ndata: {\"error\": {\"a\":1}}\n\r\nf\r\n\ndata: [DONE]\n\n\r\n0\r\n\r\n", "error frame inside the stream")]
    public async Task Failures_are_counted_by_kind(string reply, string kind)
    {
        var served = ServeAsync(reply, times: 1);
        using var pool = Pool();

        await new HttpCall(pool, new Serials(), _tally, TimeProvider.System).CallAsync(TimeProvider.System.GetTimestamp());
        await served;

        Assert.Equal(new Dictionary<string, long> { [kind] = 1 }, _tally.Failures);
        Assert.Equal(0, _tally.AnsweredSoFar);
    }

    [Fact]
    public async Task A_target_that_is_not_there_is_a_failure_and_no_exception()
    {
        _listener.Stop();
        using var pool = Pool();

        await new HttpCall(pool, new Serials(), _tally, TimeProvider.System).CallAsync(TimeProvider.System.GetTimestamp());

        Assert.Equal(new Dictionary<string, long> { ["connect: ConnectionRefused"] = 1 }, _tally.Failures);
    }

    private ConnectionPool Pool() => new(new RequestTemplate(Endpoint, "/", $"n {RequestTemplate.SerialSlot}"), streams: true);

    // Takes one connection, answers so many requests on it with these bytes, and closes it.
    private async Task<List<string>> ServeAsync(string reply, int times)
    {
        var requests = new List<string>();
        using var socket = await _listener.AcceptSocketAsync();
        var buffer = new byte[4096];
        while (requests.Count < times)
        {
            var read = await socket.ReceiveAsync(buffer);
            requests.Add(Encoding.UTF8.GetString(buffer, 0, read));
            await socket.SendAsync(Encoding.UTF8.GetBytes(reply));
        }

        return requests;
    }
}
