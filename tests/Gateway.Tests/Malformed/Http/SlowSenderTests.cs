using System.Diagnostics;
using System.Net.Sockets;
using Gateway.Tests.Malformed.Wire;

namespace Gateway.Tests.Malformed.Http;

/// <summary>Who sends a body more slowly than <c>min_body_bytes_per_second</c> is answered 408 once the grace of 5 s is over.</summary>
public sealed class SlowSenderTests(UnrecordedGateway gateway) : IClassFixture<UnrecordedGateway>
{
    /// <summary>Between two bytes of a sender that trickles: far below the limit of 240 bytes per second.</summary>
    private static readonly TimeSpan Trickle = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Is_cut_with_408()
    {
        await Task.WhenAll(
            IsCutAsync(RawRequest.Chat, "Content-Length: 1000000", trickles: false),
            IsCutAsync(RawRequest.Chat, "Content-Length: 1000000", trickles: true),
            IsCutAsync(RawRequest.Chat, "Transfer-Encoding: chunked", trickles: true),
            IsCutAsync("/v1/completions", "Content-Length: 1000000", trickles: true),
            IsCutAsync("/v1/completions", "Transfer-Encoding: chunked", trickles: false));
        await gateway.AssertUnharmedAsync();
    }

    private async Task IsCutAsync(string path, string framing, bool trickles)
    {
        var clock = Stopwatch.StartNew();
        using var connection = await RawConnection.OpenAsync(gateway.Address);
        await connection.SendAsync(RawRequest.Head(path, framing) + (framing.StartsWith('T') ? "100000\r\n{" : "{"));
        var reading = connection.ReadAsync();
        if (trickles)
            await TrickleAsync(connection, reading);
        var reply = await reading;
        Assert.Equal((408, "request_timeout"), (reply.Status, reply.ErrorCode()));
        Assert.InRange(clock.Elapsed.TotalSeconds, 4, 15);
    }

    private static async Task TrickleAsync(RawConnection connection, Task reading)
    {
        using var timer = new PeriodicTimer(Trickle);
        try
        {
            while (!reading.IsCompleted && await timer.WaitForNextTickAsync())
                await connection.SendAsync(" ");
        }
        catch (SocketException)
        {
            // The gateway has answered and closed while the last byte was on its way.
        }
    }
}
