using System.Text;
using CsCheck;
using Gateway.Protocol;

namespace Gateway.Tests.Protocol;

[Collection(nameof(Alone))]
public sealed class SseFrameReaderTests
{
    private static readonly Gen<string> Line = Gen.OneOf(
        Gen.Const("data: {\"a\":1}"), Gen.Const("data:[DONE]"), Gen.Const(": comment"), Gen.Const("event: x"), Gen.Const("data: "),
        Gen.String[Gen.Char['a', 'z'], 0, 9], Gen.Const("data: 日本語"));

    private static readonly Gen<byte[]> Stream =
        Gen.Select(Line, Gen.OneOf("\n", "\r\n", "\r", "\n\n", "\r\n\r\n"), (line, end) => line + end)
            .List[0, 20].Select(lines => Encoding.UTF8.GetBytes(string.Concat(lines)));

    [Fact]
    public void Any_cutting_of_the_same_bytes_gives_the_same_frames() =>
        Gen.Select(Stream, Gen.Int[1, 9].List[1, 8]).Sample((bytes, cuts) =>
        {
            // A CR at the very end is a line end only once it is known that no LF follows.
            if (bytes.Length > 0 && bytes[^1] == '\r')
                bytes = [.. bytes, (byte)'x'];
            Assert.Equal(FramesOf(bytes, [Math.Max(bytes.Length, 1)]), FramesOf(bytes, cuts));
        });

    [Theory]
    [InlineData("data: a\n\ndata: b\n\n", "a|b")]
    [InlineData("data:a\r\n\r\ndata:  b\r\r", "a| b")]
    [InlineData(": hello\n\ndata: a\n\n", "|a")]
    [InlineData("event: e\nid: 1\ndata: a\n\n", "a")]
    [InlineData("data: a\n", "")]
    [InlineData("\n\n", "|")]
    public void Reads_the_payload_of_each_frame(string stream, string payloads) =>
        Assert.Equal(payloads, string.Join('|', FramesOf(Encoding.UTF8.GetBytes(stream + "x"), [1000]).Select(frame => frame.Data)));

    [Fact]
    public void Tells_when_a_payload_spans_lines()
    {
        var reader = default(SseFrameReader);
        Assert.True(reader.TryRead("data: {\ndata: }\n\n"u8, out var frame));
        Assert.True(frame.HasManyDataLines);
    }

    /// <summary>A payload of no bytes once kept the place it had before the buffer's front was dropped.</summary>
    [Fact]
    public void An_empty_payload_survives_a_rebase() =>
        Assert.Equal([("a\n\n", ""), ("data: \n\n", "")], FramesOf("a\n\ndata: \n\nx"u8.ToArray(), [10, 1]));

    /// <summary>Feeds the bytes in pieces, dropping what was consumed after each, as a stream's buffer does.</summary>
    private static List<(string Whole, string Data)> FramesOf(byte[] bytes, List<int> cuts)
    {
        var (reader, buffer, frames) = (default(SseFrameReader), new List<byte>(), new List<(string, string)>());
        for (var (at, turn) = (0, 0); at < bytes.Length; turn++)
        {
            var length = Math.Min(cuts[turn % cuts.Count], bytes.Length - at);
            buffer.AddRange(bytes.AsSpan(at, length));
            at += length;
            var now = buffer.ToArray();
            while (reader.TryRead(now, out var frame))
                frames.Add((Encoding.UTF8.GetString(frame.Whole.In(now)), Encoding.UTF8.GetString(frame.Data.In(now))));
            var consumed = reader.Consumed;
            buffer.RemoveRange(0, consumed);
            reader.Rebase(consumed);
        }

        return frames;
    }
}
