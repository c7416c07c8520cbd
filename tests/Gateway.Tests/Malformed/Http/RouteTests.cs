using Gateway.Tests.Malformed.Wire;
using Gateway.Tests.Running;

namespace Gateway.Tests.Malformed.Http;

/// <summary>Which request lines lead where; whatever leads nowhere is told so in OpenAI's shape.</summary>
public sealed class RouteTests : IAsyncLifetime
{
    private GatewayApplication _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await GatewayApplication.StartAsync(slm: 1);

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData("/v1/chat/completions?beta=true")]
    [InlineData("/v1/chat/completions?")]
    [InlineData("/v1/chat/completions?a=%00&b=%ff&c=../../x")]
    [InlineData("/v1/chat/completions/")]
    [InlineData("/V1/CHAT/COMPLETIONS")]
    [InlineData("/v1/chat/%63ompletions")]
    [InlineData("/v1/x/../chat/completions")]
    [InlineData("/v1/x/%2e%2e/chat/completions")]
    [InlineData("http://gateway/v1/chat/completions")]
    public async Task Other_spellings_of_a_path_lead_to_it(string path)
    {
        Assert.Equal(200, (await RawConnection.AskAsync(_gateway.Address, RawRequest.Post(path, Ask.Chat(model: "small")))).Status);
        Assert.Equal("/v1/chat/completions", Assert.Single(_gateway.Slm[0].Received).Path);
    }

    [Theory]
    [InlineData("/v1/completions")]
    [InlineData("/v1/completions/")]
    [InlineData("/V1/Completions")]
    [InlineData("/v1/%63ompletions")]
    [InlineData("/v1/x/../completions?beta=true")]
    public async Task A_passed_route_reaches_the_upstream_under_its_own_path(string path)
    {
        Assert.Equal(200, (await RawConnection.AskAsync(_gateway.Address, RawRequest.Post(path, """{"model":"small","prompt":"a"}"""))).Status);
        Assert.Equal("/v1/completions", Assert.Single(_gateway.Slm[0].Received).Path);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v1")]
    [InlineData("//v1/chat/completions")]
    [InlineData("/v1//chat/completions")]
    [InlineData("/v1/chat/completions//")]
    [InlineData("/v1/chat/completions/x")]
    [InlineData("/v1/chat%2fcompletions")]
    [InlineData("/v1/chat/completions%00")]
    [InlineData("/v1/chat/completions;x=1")]
    [InlineData("/v1/chat/completions%20")]
    [InlineData("/v1\\chat\\completions")]
    [InlineData("/v1/load_lora_adapter")]
    [InlineData("/v1/completions/../load_lora_adapter")]
    [InlineData("/sleep")]
    [InlineData("/collective_rpc")]
    [InlineData("/%e2%82%ac/%ff%fe")]
    [InlineData("/<script>\"")]
    [InlineData("http://127.0.0.1:1/x")]
    public async Task An_unknown_path_is_404_or_400_and_reaches_nobody(string path)
    {
        var reply = await RawConnection.AskAsync(_gateway.Address, RawRequest.Post(path, Ask.Chat()));
        Assert.Contains(reply.Status, (int[])[400, 404]);
        if (reply.Status == 404)
            Assert.Equal("unknown_url", reply.ErrorCode());
        Assert.Empty(_gateway.Slm[0].Received);
    }

    [Theory]
    [InlineData("GET", RawRequest.Chat)]
    [InlineData("PUT", RawRequest.Chat)]
    [InlineData("DELETE", RawRequest.Chat)]
    [InlineData("OPTIONS", RawRequest.Chat)]
    [InlineData("PATCH", "/v1/completions")]
    [InlineData("BREW", "/v1/embeddings")]
    [InlineData("POST", "/v1/models")]
    public async Task Another_method_is_405_and_says_which_is_allowed(string method, string path)
    {
        var reply = await RawConnection.AskAsync(_gateway.Address, RawRequest.Head(method, path, []));
        Assert.Equal((405, "method_not_allowed"), (reply.Status, reply.ErrorCode()));
        Assert.Equal(path == "/v1/models" ? "GET" : "POST", reply.Header("Allow"));
    }

    [Fact]
    public async Task An_OPTIONS_for_the_whole_server_is_404() =>
        Assert.Equal("unknown_url", (await RawConnection.AskAsync(_gateway.Address, RawRequest.Head("OPTIONS", "*", []))).ErrorCode());

    [Fact]
    public async Task A_request_line_too_long_is_414()
    {
        var reply = await RawConnection.AskAsync(_gateway.Address, RawRequest.Head("GET", "/" + new string('a', 20_000), []));
        Assert.Equal(414, reply.Status);
    }

    [Theory]
    [InlineData("/v1/models/nope")]
    [InlineData("/v1/models/%0d%0aX-Evil:%201")]
    [InlineData("/v1/models/%e6%a8%a1/a%2fb")]
    [InlineData("/v1/models/%ff%00")]
    public async Task An_unknown_model_in_the_path_is_told_and_harms_no_header(string path)
    {
        var reply = await RawConnection.AskAsync(_gateway.Address, RawRequest.Head("GET", path, []));
        Assert.Contains(reply.Status, (int[])[400, 404]);
        if (reply.Status == 404)
            Assert.Equal("model_not_found", reply.ErrorCode());
        Assert.Null(reply.Header("X-Evil"));
    }
}
