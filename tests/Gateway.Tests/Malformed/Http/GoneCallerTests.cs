using Gateway.Tests.Malformed.Wire;
using Gateway.Tests.Running;

namespace Gateway.Tests.Malformed.Http;

/// <summary>Callers that leave in the middle of their request: nobody's failure, and nothing sent upstream.</summary>
public sealed class GoneCallerTests : IAsyncLifetime
{
    private const int Callers = 200;

    private GatewayApplication _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await GatewayApplication.StartAsync(slm: 1);

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData(RawRequest.Chat, true, "Content-Length: 5000")]
    [InlineData(RawRequest.Chat, false, "Content-Length: 5000")]
    [InlineData(RawRequest.Chat, true, "Transfer-Encoding: chunked")]
    [InlineData(RawRequest.Chat, false, "Transfer-Encoding: chunked")]
    [InlineData("/v1/embeddings", true, "Content-Length: 5000")]
    [InlineData("/v1/embeddings", false, "Transfer-Encoding: chunked")]
    public async Task A_caller_gone_while_sending_is_no_failure_of_ours(string path, bool resets, string framing)
    {
        for (var i = 0; i < Callers; i++)
        {
            using var connection = await RawConnection.OpenAsync(_gateway.Address);
            await connection.SendAsync(RawRequest.Head(path, framing, "Expect: 100-continue"));
            // Only then is the gateway known to be reading the body.
            Assert.Equal(100, (await connection.ReadAsync()).Status);
            await connection.SendAsync("20\r\n{\"model\":\"small\",");
            if (resets)
                connection.Reset();
        }

        var prefix = path == RawRequest.Chat ? "Information: request " : "Information: passed ";
        await CountAsync(prefix, Callers);
        Assert.DoesNotContain(_gateway.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.DoesNotContain(_gateway.Log.Lines, line => line.Contains("status=5", StringComparison.Ordinal));
        Assert.DoesNotContain(_gateway.Slm[0].Received, request => request.Path == path);
        using var good = await _gateway.ChatAsync(Ask.Chat(model: "small"));
        Assert.Equal(System.Net.HttpStatusCode.OK, good.StatusCode);
    }

    /// <summary>Waits until each of the requests is accounted for.</summary>
    private async Task CountAsync(string prefix, int lines)
    {
        for (var i = 0; i < 1000; i++)
        {
            if (_gateway.Log.Lines.Count(line => line.StartsWith(prefix, StringComparison.Ordinal)) >= lines)
                return;
            await Task.Delay(10);
        }

        throw new TimeoutException($"fewer than {lines} lines of '{prefix}' among: {string.Join('\n', _gateway.Log.Lines)}");
    }
}
