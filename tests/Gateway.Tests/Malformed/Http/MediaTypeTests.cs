using Gateway.Tests.Malformed.Wire;
using Gateway.Tests.Running;

namespace Gateway.Tests.Malformed.Http;

/// <summary>What a body may say it is.</summary>
public sealed class MediaTypeTests(UnrecordedGateway gateway) : IClassFixture<UnrecordedGateway>, IAsyncDisposable
{
    public ValueTask DisposeAsync() => new(gateway.AssertUnharmedAsync());

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; Charset=\"utf-8\"")]
    [InlineData("application/json;")]
    [InlineData("application/vnd.api+json")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Json_is_taken_under_each_of_its_names_and_none(string? type)
    {
        var reply = await AskAsync(type is null ? [] : [$"Content-Type: {type}"]);
        Assert.Equal(200, reply.Status);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/jsonx")]
    [InlineData("json")]
    [InlineData("application/json, text/plain")]
    [InlineData("application/xml; a=application/json")]
    [InlineData("*/*")]
    [InlineData(";;;")]
    [InlineData("\u00e9")]
    public async Task Anything_else_is_415(string type)
    {
        var reply = await AskAsync([$"Content-Type: {type}"]);
        Assert.Equal((415, "unsupported_media_type"), (reply.Status, reply.ErrorCode()));
    }

    [Fact]
    public async Task Two_content_types_are_415()
    {
        var reply = await AskAsync(["Content-Type: application/json", "Content-Type: application/json"]);
        Assert.Equal((415, "unsupported_media_type"), (reply.Status, reply.ErrorCode()));
    }

    [Theory]
    [InlineData(RawRequest.Chat, "gzip")]
    [InlineData(RawRequest.Chat, "br, gzip")]
    [InlineData(RawRequest.Chat, "nonsense")]
    [InlineData("/v1/completions", "deflate")]
    public async Task A_compressed_body_is_415(string path, string encoding)
    {
        var reply = await RawConnection.AskAsync(gateway.Address, RawRequest.Post(path, Ask.Chat(), $"Content-Encoding: {encoding}"));
        Assert.Equal((415, "unsupported_media_type"), (reply.Status, reply.ErrorCode()));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/mixed; boundary=x")]
    public async Task A_passed_route_takes_json_and_forms_only(string type)
    {
        var reply = await RawConnection.AskAsync(gateway.Address, RawRequest.Post("/v1/audio/transcriptions", "x"u8, type));
        Assert.Equal((415, "unsupported_media_type"), (reply.Status, reply.ErrorCode()));
    }

    private Task<RawReply> AskAsync(string[] types)
    {
        var body = Ask.Chat();
        return RawConnection.AskAsync(gateway.Address, RawRequest.Head(RawRequest.Chat, [$"Content-Length: {body.Length}", .. types]) + body);
    }
}
