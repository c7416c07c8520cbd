using System.Text;
using CsCheck;
using Gateway.Bench.Load.Wire;

namespace Gateway.Load.Tests.Wire;

public sealed class SseTallyTests
{
    private static readonly byte[] Stream = Encoding.UTF8.GetBytes(
        """
        data: {"choices":[{"delta":{"role":"assistant","content":""}}]}

        : heartbeat

        data: {"choices":[{"delta":{"content":"one\n\ntwo"}}]}

        data: {"choices":[],"usage":{"total_tokens":3}}

        data: [DONE]


        """);

    [Fact]
    public void Data_frames_count_and_comments_and_the_end_do_not()
    {
        foreach (var pieces in Cuts.Of(Stream))
        {
            var tally = Feed(pieces);
            Assert.Equal((3, true, false), (tally.Frames, tally.Done, tally.Failed));
        }
    }

    [Fact]
    public void Any_cutting_of_the_same_bytes_gives_the_same_count() =>
        Gen.Int[1, 40].Array[1, 12].Sample(lengths =>
        {
            var tally = Feed(Cuts.Of(Stream, lengths));
            return (tally.Frames, tally.Done, tally.Failed) == (3, true, false);
        });

    [Fact]
    public void A_frame_counts_only_when_it_is_whole()
    {
        var tally = new SseTally();
        tally.Feed("data: {}\n"u8);
        Assert.Equal(0, tally.Frames);
        tally.Feed("\n"u8);
        Assert.Equal(1, tally.Frames);
    }

    [Fact]
    public void An_error_frame_is_seen_though_done_follows()
    {
        foreach (var pieces in Cuts.Of("data: {\"error\": {\"code\": 500}}\n\ndata: [DONE]\n\n"u8.ToArray()))
        {
            var tally = Feed(pieces);
            Assert.Equal((1, true, true), (tally.Frames, tally.Done, tally.Failed));
        }
    }

    [Fact]
    public void A_reset_forgets_a_half_frame()
    {
        var tally = Feed(["data: [DO"u8.ToArray()]);
        tally.Reset();
        tally.Feed("data: {}\n\n"u8);
        Assert.Equal((1, false), (tally.Frames, tally.Done));
    }

    private static SseTally Feed(IEnumerable<byte[]> pieces)
    {
        var tally = new SseTally();
        foreach (var piece in pieces)
        {
            tally.Feed(piece);
        }

        return tally;
    }
}
