using System.Collections.Frozen;
using Gateway.Protocol;
using Gateway.Tests.Malformed.Wire;

namespace Gateway.Tests.Malformed.Corpus;

/// <summary>Every body of the corpus gets the answer written beside it, and the gateway is none the worse.</summary>
public sealed class CorpusTests : IClassFixture<UnrecordedGateway>, IAsyncDisposable
{
    private static readonly FrozenDictionary<string, BodyCase> Cases = ((IEnumerable<BodyCase>)[
        .. TruncatedBodies.All(), .. SyntaxBodies.All(), .. EncodingBodies.All(), .. FieldBodies.All(), .. ShapeBodies.All(),
    ]).ToFrozenDictionary(body => body.Name);

    private readonly UnrecordedGateway _gateway;

    public CorpusTests(UnrecordedGateway gateway) => _gateway = gateway;

    public static TheoryData<string> Names => [.. Cases.Keys];

    public static TheoryData<KeptBody> Kept => [.. KeptBodies.All];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Gets_the_answer_it_should(string name)
    {
        var expected = Cases[name];
        var reply = await AskAsync(RawRequest.Chat, "application/json", expected.Body);
        Assert.True(reply.Status == expected.Status, $"{reply.Status} for {expected.Status}: {reply.Text}");
        if (expected.Code is not null)
            Assert.Equal(expected.Code, reply.ErrorCode());
        if (expected is { Status: 200 or 404 } or { Code: "invalid_request" or "context_length_exceeded" })
            Assert.Null(ChatRequestReader.Read(expected.Body, 64).Error);
        Assert.InRange(reply.Head.Length + (reply.Status == 200 ? 0 : reply.Body.Length), 1, 8 * 1024);
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task What_once_failed_is_answered(KeptBody kept) =>
        Assert.InRange((await AskAsync(kept.Path, kept.ContentType, kept.Bytes)).Status, 200, 499);

    [Fact]
    public void The_corpus_is_large() => Assert.InRange(Cases.Count, 300, int.MaxValue);

    public async ValueTask DisposeAsync() => await _gateway.AssertUnharmedAsync();

    private Task<RawReply> AskAsync(string path, string contentType, byte[] body) =>
        RawConnection.AskAsync(_gateway.Address, RawRequest.Post(path, body, contentType));
}
