using Gateway.Tests.Malformed.Wire;
using Gateway.Tests.Running;

namespace Gateway.Tests.Malformed.Http;

/// <summary>A caller's request id is kept when it is fit for headers and logs, and replaced when it is not.</summary>
public sealed class RequestIdTests(UnrecordedGateway gateway) : IClassFixture<UnrecordedGateway>
{
    private const string Name = "X-Request-Id: ";

    [Theory]
    [InlineData(RawRequest.Chat, "mine-1_2.3:4")]
    [InlineData("/v1/completions", "mine-1_2.3:4")]
    public async Task A_fit_one_is_kept(string path, string id) => Assert.Equal(id, await IdAsync(path, Name + id));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\tb")]
    [InlineData("Jürgen")]
    [InlineData("模型")]
    [InlineData("\u2028")]
    [InlineData("a\"b")]
    [InlineData("<script>")]
    [InlineData("a%0d%0ab")]
    [InlineData("{0}")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task An_unfit_one_is_replaced(string id)
    {
        Assert.Matches("^req-[0-9a-f]+$", await IdAsync(RawRequest.Chat, Name + id));
        Assert.Matches("^req-[0-9a-f]+$", await IdAsync("/v1/completions", Name + id));
    }

    [Fact]
    public async Task Two_are_replaced_by_one()
    {
        Assert.Matches("^req-[0-9a-f]+$", await IdAsync(RawRequest.Chat, Name + "one", Name + "two"));
        Assert.Matches("^req-[0-9a-f]+$", await IdAsync("/v1/completions", Name + "one", Name + "one"));
    }

    private async Task<string?> IdAsync(string path, params string[] headers)
    {
        var body = path == RawRequest.Chat ? Ask.Chat() : """{"model":"small","prompt":"a"}""";
        var reply = await RawConnection.AskAsync(gateway.Address, RawRequest.Post(path, body, headers));
        Assert.Equal(200, reply.Status);
        return reply.Header("x-gateway-request-id");
    }
}
