using Gateway.Configuration;
using Gateway.Tests.Malformed.Wire;
using Gateway.Tests.Running;

namespace Gateway.Tests.Malformed.Http;

/// <summary>The limits on a request come from the configuration, hold to the byte, and are answered without reading what lies beyond.</summary>
public sealed class LimitTests
{
    private const int Body = 2048;

    [Theory]
    [InlineData(RawRequest.Chat)]
    [InlineData("/v1/completions")]
    public async Task A_body_beyond_max_request_bytes_is_413_by_its_announced_length_alone(string path)
    {
        await using var gateway = await StartAsync(server => server with { MaxRequestBytes = Body });
        using var connection = await RawConnection.OpenAsync(gateway.Address);
        await connection.SendAsync(RawRequest.Head(path, $"Content-Length: {Body + 1}"));
        Assert.Equal((413, "request_too_large"), Outcome(await connection.ReadAsync()));
        var huge = await RawConnection.AskAsync(gateway.Address, RawRequest.Head(path, "Content-Length: 9000000000000000000"));
        Assert.Equal((413, "request_too_large"), Outcome(huge));
    }

    [Theory]
    [InlineData(RawRequest.Chat)]
    [InlineData("/v1/completions")]
    public async Task A_body_beyond_max_request_bytes_is_413_as_soon_as_its_chunks_exceed_it(string path)
    {
        await using var gateway = await StartAsync(server => server with { MaxRequestBytes = Body });
        using var connection = await RawConnection.OpenAsync(gateway.Address);
        await connection.SendAsync(RawRequest.Head(path, "Transfer-Encoding: chunked"));
        await connection.SendAsync($"{Body + 1:x}\r\n{new string(' ', Body + 1)}\r\n");
        Assert.Equal((413, "request_too_large"), Outcome(await connection.ReadAsync()));
        // The server reads what is left of it away, so that the connection can go on.
        await connection.SendAsync("0\r\n\r\n");
        await connection.SendAsync(RawRequest.Post(RawRequest.Chat, Ask.Chat()));
        Assert.Equal(200, (await connection.ReadAsync()).Status);
        Assert.DoesNotContain(gateway.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_body_of_exactly_max_request_bytes_is_taken_and_a_raised_limit_takes_more()
    {
        await using var narrow = await StartAsync(server => server with { MaxRequestBytes = Body });
        await using var wide = await StartAsync(server => server with { MaxRequestBytes = Body * 2 });
        var (fits, exceeds) = (Ask.Chat().PadRight(Body), Ask.Chat().PadRight(Body + 1));
        Assert.Equal(200, (await RawConnection.AskAsync(narrow.Address, RawRequest.Post(RawRequest.Chat, fits))).Status);
        Assert.Equal(413, (await RawConnection.AskAsync(narrow.Address, RawRequest.Post(RawRequest.Chat, exceeds))).Status);
        Assert.Equal(200, (await RawConnection.AskAsync(wide.Address, RawRequest.Post(RawRequest.Chat, exceeds))).Status);
    }

    [Fact]
    public async Task Headers_beyond_max_header_bytes_are_431_and_a_raised_limit_takes_them()
    {
        await using var narrow = await StartAsync(server => server with { MaxHeaderBytes = 2048 });
        await using var wide = await StartAsync(server => server with { MaxHeaderBytes = 64 * 1024 });
        var large = RawRequest.Post(RawRequest.Chat, Ask.Chat(), $"X-Large: {new string('x', 8 * 1024)}");
        Assert.Equal(431, (await RawConnection.AskAsync(narrow.Address, large)).Status);
        Assert.Equal(200, (await RawConnection.AskAsync(wide.Address, large)).Status);
        Assert.Equal(200, (await RawConnection.AskAsync(narrow.Address, RawRequest.Post(RawRequest.Chat, Ask.Chat()))).Status);
    }

    [Theory]
    [InlineData(8, 8, 200)]
    [InlineData(8, 9, 400)]
    [InlineData(9, 9, 200)]
    public async Task Nesting_beyond_max_json_depth_is_400(int limit, int depth, int status)
    {
        await using var gateway = await StartAsync(server => server with { MaxJsonDepth = limit });
        var deep = $"{new string('[', depth - 1)}{new string(']', depth - 1)}";
        var chat = await RawConnection.AskAsync(gateway.Address, RawRequest.Post(RawRequest.Chat, Ask.Chat(more: $"\"x\":{deep}")));
        var passed = await RawConnection.AskAsync(gateway.Address, RawRequest.Post("/v1/completions", $$"""{"model":"small","prompt":"a","x":{{deep}}}"""));
        Assert.Equal((status, status), (chat.Status, passed.Status));
        if (status == 400)
            Assert.Equal(("invalid_json", "invalid_json"), (chat.ErrorCode(), passed.ErrorCode()));
    }

    [Fact]
    public async Task An_announced_length_claims_no_memory_before_its_bytes_come()
    {
        await using var gateway = await StartAsync(server => server with { MaxRequestBytes = 1024 * 1024 * 1024 });
        var before = GC.GetTotalAllocatedBytes();
        for (var i = 0; i < 8; i++)
        {
            using var connection = await RawConnection.OpenAsync(gateway.Address);
            await connection.SendAsync(RawRequest.Head(RawRequest.Chat, "Content-Length: 1000000000", "Expect: 100-continue"));
            Assert.Equal(100, (await connection.ReadAsync()).Status);
        }

        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 1_000_000_000);
    }

    private static (int Status, string Code) Outcome(RawReply reply) => (reply.Status, reply.ErrorCode());

    private static Task<GatewayApplication> StartAsync(Func<ServerOptions, ServerOptions> change) =>
        GatewayApplication.StartAsync(slm: 1, options: options => options with { Server = change(options.Server) });
}
