using Gateway.Tests.Malformed.Wire;
using Gateway.Tests.Running;

namespace Gateway.Tests.Malformed.Http;

/// <summary>What of the caller's headers an upstream gets to see.</summary>
public sealed class PassedHeaderTests : IAsyncLifetime
{
    private static readonly string[] Private =
    [
        "Authorization: Bearer sk-caller", "Proxy-Authorization: Basic abc", "Cookie: a=b", "x-api-key: k", "api-key: k", "x-goog-api-key: k",
        "X-Forwarded-For: 1.2.3.4", "X-Forwarded-Host: h", "X-Forwarded-Proto: https", "X-Forwarded-Port: 1", "X-Forwarded-Prefix: /p", "X-Forwarded-Client-Cert: c",
        "Forwarded: for=1.2.3.4", "X-Real-IP: 1.2.3.4", "Via: 1.0 caller",
        "X-Vllm-Priority: -9", "X-data-parallel-rank: 3", "x-gateway-pool: slm", "x-gateway-secret: 1",
        "Connection: x-secret, keep-alive, X-Other", "x-secret: 1", "X-Other: 2", "Keep-Alive: timeout=5", "Proxy-Connection: keep-alive", "TE: trailers", "Trailer: X-T", "Range: bytes=0-1",
        "Upgrade: h2c",
    ];

    private GatewayApplication _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await GatewayApplication.StartAsync(slm: 1, pool: pool => pool with { ApiKey = "pool-key" });

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData(RawRequest.Chat + "?api-key=k", "")]
    [InlineData("/v1/completions?api-key=k", ",accept,accept-encoding,x-session-id")]
    public async Task Credentials_hops_and_other_proxies_words_stay_here(string path, string more)
    {
        var reply = await AskAsync(path, [.. Private, "Accept: */*", "Accept-Encoding: gzip", "X-Session-ID: s", "traceparent: 00-1", "tracestate: a=b"]);
        Assert.Equal(200, reply.Status);
        var sent = Assert.Single(_gateway.Slm[0].Received).Headers;
        var names = sent.Keys.Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal);
        Assert.Equal($"authorization,content-length,content-type,host,traceparent,tracestate,via,x-request-id{more}".Split(',').Order(StringComparer.Ordinal), names);
        Assert.Equal("Bearer pool-key", sent["Authorization"]);
        Assert.Equal("1.1 gateway", sent["Via"]);
        Assert.Equal(_gateway.Slm[0].Address.Authority, sent["Host"]);
    }

    /// <summary>What names itself in <c>Connection</c> must not thereby remove what the gateway itself needs to send.</summary>
    [Theory]
    [InlineData(RawRequest.Chat)]
    [InlineData("/v1/completions")]
    public async Task A_caller_cannot_name_the_gateways_own_headers_away(string path)
    {
        var reply = await AskAsync(path, ["Connection: close, authorization, content-type, content-length, x-request-id, host, via, ,, \"x\"", "X-Request-Id: mine"]);
        Assert.Equal(200, reply.Status);
        var sent = Assert.Single(_gateway.Slm[0].Received).Headers;
        Assert.Equal(("Bearer pool-key", "mine", "application/json"), (sent["Authorization"], sent["X-Request-Id"], sent["Content-Type"]));
    }

    /// <summary>Such a header cannot be sent on as it came; that must not look like a replica that fails.</summary>
    [Theory]
    [InlineData(RawRequest.Chat, "traceparent: é€")]
    [InlineData(RawRequest.Chat, "tracestate: a=\u007f模型")]
    [InlineData("/v1/completions", "traceparent: é€")]
    [InlineData("/v1/completions", "X-Name: Jürgen 模型 😀")]
    [InlineData("/v1/completions", "X-Empty:")]
    [InlineData("/v1/completions", "User-Agent: ((((")]
    [InlineData("/v1/completions", "Accept: ,,;;=")]
    [InlineData("/v1/completions", "If-Modified-Since: not a date")]
    [InlineData("/v1/completions", "Expires: é")]
    [InlineData("/v1/completions", "Expect: 200-ok")]
    [InlineData("/v1/completions", "Upgrade: SPDY/3.1\r\nConnection: Upgrade")]
    [InlineData("/v1/completions", "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13")]
    [InlineData(RawRequest.Chat, "Upgrade: websocket\r\nConnection: Upgrade")]
    public async Task An_odd_header_is_no_fault_of_a_replica(string path, string header)
    {
        for (var i = 0; i < 5; i++)
        {
            var reply = await AskAsync(path, [header]);
            Assert.True(reply.Status is 200 or 400 or 417, reply.Head + reply.Text);
        }

        Assert.True(_gateway.Replica(_gateway.Slm[0]).IsAvailable);
        Assert.Equal(200, (await AskAsync(path, [])).Status);
        Assert.DoesNotContain(_gateway.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    private Task<RawReply> AskAsync(string path, string[] headers) =>
        RawConnection.AskAsync(_gateway.Address, RawRequest.Post(path, path.StartsWith(RawRequest.Chat, StringComparison.Ordinal) ? Ask.Chat(model: "small") : """{"model":"small","prompt":"a"}""", headers));
}
