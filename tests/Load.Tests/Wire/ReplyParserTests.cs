using System.Text;
using CsCheck;
using Gateway.Bench.Load.Wire;

namespace Gateway.Load.Tests.Wire;

public sealed class ReplyParserTests
{
    private static readonly byte[] Chunked = Bytes(
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "a\r\ndata: {}\n\n\r\n" + "4;name=value\r\ndata\r\n" + "10\r\n: {\"x\":\"\u00e9\"}\n\nda\r\n"
        + "0C\r\nta: [DONE]\n\n\r\n" + "0\r\nTrailer: x\r\n\r\n");

    private static readonly byte[] WithLength = Bytes("HTTP/1.1 503 Busy\r\nContent-Length:  5\r\nConnection: Close\r\n\r\nhello");

    [Fact]
    public void A_chunked_stream_is_read_whichever_way_it_is_cut()
    {
        foreach (var pieces in Cuts.Of(Chunked))
        {
            CheckChunked(Feed(pieces));
        }
    }

    [Fact]
    public void A_chunked_stream_is_read_however_often_it_is_cut() =>
        Gen.Int[1, 60].Array[1, 12].Sample(lengths => CheckChunked(Feed(Cuts.Of(Chunked, lengths))));

    [Fact]
    public void A_body_with_a_length_ends_with_its_last_byte()
    {
        foreach (var pieces in Cuts.Of(WithLength))
        {
            var parser = Feed(pieces);
            Assert.Equal((503, 5, true, true), (parser.Status, parser.BodyBytes, parser.Closes, parser.IsComplete));
        }

        Assert.False(Feed([WithLength[..^1]]).IsComplete);
    }

    [Fact]
    public void The_next_reply_on_the_connection_starts_clean()
    {
        var parser = Feed([WithLength]);
        parser.Reset();
        parser.Feed(Bytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        Assert.Equal((200, 0, false, true), (parser.Status, parser.BodyBytes, parser.Closes, parser.IsComplete));
    }

    [Fact]
    public void An_interim_reply_is_passed_over()
    {
        var parser = Feed([Bytes("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")]);
        Assert.Equal((200, 2, true), (parser.Status, parser.BodyBytes, parser.IsComplete));
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2 and more of it\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nServer: x\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi!")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi!\r\n")]
    public void What_is_not_a_reply_is_refused(string text) =>
        Assert.Throws<InvalidDataException>(() => Feed([Bytes(text)]));

    private static bool CheckChunked(ReplyParser parser)
    {
        var events = parser.Events!;
        Assert.Equal((200, 42, true), (parser.Status, parser.BodyBytes, parser.IsComplete));
        Assert.Equal((2, true), (events.Frames, events.Done));
        return true;
    }

    private static ReplyParser Feed(IEnumerable<byte[]> pieces)
    {
        var parser = new ReplyParser { Events = new SseTally() };
        parser.Reset();
        foreach (var piece in pieces)
        {
            parser.Feed(piece);
        }

        return parser;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
