using Gateway.Tests.Malformed.Wire;
using Gateway.Tests.Running;

namespace Gateway.Tests.Malformed.Http;

/// <summary>How a body is delimited: every lawful way is understood, every unlawful one refused, and no request begins inside another.</summary>
public sealed class FramingTests(UnrecordedGateway gateway) : IClassFixture<UnrecordedGateway>, IAsyncDisposable
{
    private static readonly string Good = Ask.Chat();
    private static readonly string Chunked = RawRequest.Head(RawRequest.Chat, "Transfer-Encoding: chunked", "Content-Type: application/json");

    public ValueTask DisposeAsync() => new(gateway.AssertUnharmedAsync());

    [Theory]
    [InlineData("")]
    [InlineData("Content-Length: 0")]
    [InlineData("Transfer-Encoding: chunked")]
    public async Task No_body_at_all_is_400(string header)
    {
        var request = RawRequest.Head(RawRequest.Chat, header.Length == 0 ? [] : [header]) + (header.StartsWith('T') ? "0\r\n\r\n" : "");
        var reply = await RawConnection.AskAsync(gateway.Address, request);
        Assert.Equal((400, "invalid_json"), (reply.Status, reply.ErrorCode()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(10_000)]
    public async Task A_body_in_chunks_of_any_size_is_read(int size)
    {
        var chunks = Good.Chunk(size).Select(chunk => $"{chunk.Length:x}\r\n{new string(chunk)}\r\n");
        Assert.Equal(200, (await RawConnection.AskAsync(gateway.Address, $"{Chunked}{string.Concat(chunks)}0\r\n\r\n")).Status);
    }

    [Theory]
    [InlineData(";name=value", "")]
    [InlineData(";a;b=\"c d\"", "")]
    [InlineData("", "X-Trailer: 1\r\nTransfer-Encoding: gzip\r\nContent-Length: 7\r\n")]
    public async Task Chunk_extensions_and_trailers_change_nothing(string extension, string trailers)
    {
        using var connection = await RawConnection.OpenAsync(gateway.Address);
        await connection.SendAsync($"{Chunked}{Good.Length:X}{extension}\r\n{Good}\r\n0{extension}\r\n{trailers}\r\n");
        Assert.Equal(200, (await connection.ReadAsync()).Status);
        await connection.SendAsync(RawRequest.Post(RawRequest.Chat, Good));
        Assert.Equal(200, (await connection.ReadAsync()).Status);
    }

    [Theory]
    [InlineData("xyz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("-1\r\n{}\r\n0\r\n\r\n")]
    [InlineData("\r\n{}\r\n0\r\n\r\n")]
    [InlineData("0x2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("2 2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("1\r\n{}\r\n0\r\n\r\n")]
    [InlineData("2\r\n{}0\r\n\r\n")]
    [InlineData("2\r{}\r0\r\r")]
    [InlineData("FFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n")]
    public async Task Broken_chunks_are_400_and_the_end_of_the_connection(string chunks)
    {
        using var connection = await RawConnection.OpenAsync(gateway.Address);
        await connection.SendAsync(Chunked + chunks);
        var reply = await connection.ReadAsync();
        Assert.Equal((400, "invalid_body"), (reply.Status, reply.ErrorCode()));
        Assert.True(await connection.IsClosedAsync());
    }

    [Theory]
    [InlineData("Content-Length: 5, 6")]
    [InlineData("Content-Length: -1")]
    [InlineData("Content-Length: 0x5")]
    [InlineData("Content-Length: five")]
    [InlineData("Content-Length: 99999999999999999999")]
    [InlineData("Transfer-Encoding: gzip")]
    [InlineData("Transfer-Encoding: chunked, identity")]
    [InlineData("Transfer-Encoding: xchunked")]
    [InlineData(" Content-Length: 5")]
    [InlineData("Content-Length : 5")]
    [InlineData("X-A: b\0c")]
    [InlineData("X-A: b\rc")]
    [InlineData("No colon here")]
    public async Task Framing_headers_that_say_two_things_are_refused_before_any_body(string header)
    {
        using var connection = await RawConnection.OpenAsync(gateway.Address);
        await connection.SendAsync(RawRequest.Head(RawRequest.Chat, header) + "hello");
        Assert.Equal(400, (await connection.ReadAsync()).Status);
        Assert.True(await connection.IsClosedAsync());
    }

    /// <summary>Two lengths are how one request is smuggled inside another: whoever reads the other one must find no request behind it.</summary>
    [Theory]
    [InlineData("Content-Length: 4", "Transfer-Encoding: chunked")]
    [InlineData("Transfer-Encoding: chunked", "Content-Length: 4")]
    [InlineData("Content-Length: 4", "Content-Length: 44")]
    public async Task Two_lengths_end_the_connection_after_one_answer(string one, string other)
    {
        using var connection = await RawConnection.OpenAsync(gateway.Address);
        await connection.SendAsync(RawRequest.Head(RawRequest.Chat, one, other) + "0\r\n\r\nGET /v1/models HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Equal(400, (await connection.ReadAsync()).Status);
        Assert.True(await connection.IsClosedAsync());
    }

    [Fact]
    public async Task A_caller_that_waits_for_100_gets_it_and_the_answer()
    {
        using var connection = await RawConnection.OpenAsync(gateway.Address);
        await connection.SendAsync(RawRequest.Head(RawRequest.Chat, "Expect: 100-continue", $"Content-Length: {Good.Length}"));
        Assert.Equal(100, (await connection.ReadAsync()).Status);
        await connection.SendAsync(Good);
        Assert.Equal(200, (await connection.ReadAsync()).Status);
    }

    [Fact]
    public async Task A_caller_that_waits_for_100_is_told_at_once_that_its_body_is_not_wanted()
    {
        using var connection = await RawConnection.OpenAsync(gateway.Address);
        await connection.SendAsync(RawRequest.Head(RawRequest.Chat, "Expect: 100-continue", "Content-Type: text/plain", "Content-Length: 9"));
        Assert.Equal((415, "unsupported_media_type"), await connection.ReadAsync() is var reply ? (reply.Status, reply.ErrorCode()) : default);
    }

    [Fact]
    public async Task Requests_sent_together_are_answered_in_their_order()
    {
        using var connection = await RawConnection.OpenAsync(gateway.Address);
        byte[] all = [.. RawRequest.Post(RawRequest.Chat, "{"), .. RawRequest.Post(RawRequest.Chat, Good), .. RawRequest.Post(RawRequest.Chat, Ask.Chat(model: "nope"))];
        await connection.SendAsync(all);
        foreach (var status in (int[])[400, 200, 404])
            Assert.Equal(status, (await connection.ReadAsync()).Status);
    }

    [Fact]
    public async Task A_request_of_HTTP_1_0_is_answered_and_the_connection_closed()
    {
        using var connection = await RawConnection.OpenAsync(gateway.Address);
        await connection.SendAsync($"POST {RawRequest.Chat} HTTP/1.0\r\nContent-Length: {Good.Length}\r\n\r\n{Good}");
        Assert.Equal(200, (await connection.ReadAsync()).Status);
        Assert.True(await connection.IsClosedAsync());
    }

    [Theory]
    [InlineData("\u0016\u0003\u0001\u0002\0\u0001\0")]
    [InlineData("GET / HTTP/9.9\r\nHost: x\r\n\r\n")]
    [InlineData("GET\r\n\r\n")]
    [InlineData("\0")]
    [InlineData("\r\n\r\n\r\n\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\r\n\r\n")]
    [InlineData("G@T / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a b\r\n\r\n")]
    public async Task What_is_not_HTTP_1_is_refused_and_the_connection_closed(string bytes)
    {
        using var connection = await RawConnection.OpenAsync(gateway.Address);
        await connection.SendAsync(bytes);
        Assert.InRange((await connection.ReadAsync()).Status, 400, 505);
        Assert.True(await connection.IsClosedAsync());
    }

    [Theory]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    [InlineData("\r\n")]
    [InlineData("POST")]
    public async Task What_resembles_no_request_at_all_harms_nobody(string bytes)
    {
        using var connection = await RawConnection.OpenAsync(gateway.Address);
        await connection.SendAsync(bytes);
        connection.Finish();
        if (await Record.ExceptionAsync(connection.ReadAsync) is { } closed)
            Assert.True(closed is IOException or System.Net.Sockets.SocketException, closed.ToString());
    }
}
