using Gateway.Routing.Learning;

namespace Gateway.Routing.Tests.Learning;

public sealed class OutcomeCodecTests
{
    [Theory]
    [InlineData(OutcomeKind.Feedback, 0.25f, null, false)]
    [InlineData(OutcomeKind.Feedback, null, 1f, true)]
    [InlineData(OutcomeKind.Judged, 0f, 0.7f, true)]
    public void What_is_written_is_read_again(OutcomeKind kind, float? small, float? large, bool isLarge)
    {
        var outcome = Some.Outcome(ulong.MaxValue, kind, small, large, "Why is the sky blue?", 0.5f, isLarge, at: 1_800_000_000, version: 7);
        var read = OutcomeCodec.Read(OutcomeCodec.Write(outcome))!;
        Assert.Equal(outcome with { Sketch = read.Sketch }, read);
        Assert.Equal(outcome.Sketch.Bytes, read.Sketch.Bytes);
    }

    [Fact]
    public void Anything_else_is_passed_over()
    {
        var good = OutcomeCodec.Write(Some.Outcome(small: 1, large: 1));
        Assert.Null(OutcomeCodec.Read([]));
        Assert.Null(OutcomeCodec.Read(good.AsSpan(0, 20)));
        Assert.Null(OutcomeCodec.Read(good.AsSpan(0, good.Length - 1)));
        good[0] = 99;
        Assert.Null(OutcomeCodec.Read(good));
    }

    [Theory]
    [InlineData(OutcomeKind.Feedback, 0.2f, null, false, 0.2)]
    [InlineData(OutcomeKind.Feedback, null, 0.9f, true, 0.9)]
    [InlineData(OutcomeKind.Disagreement, 0.3f, 1f, false, 0.3)]
    [InlineData(OutcomeKind.Disagreement, 0.3f, 1f, true, 1.0)]
    [InlineData(OutcomeKind.Judged, 0.4f, 0.8f, true, 0.8)]
    [InlineData(OutcomeKind.Checked, 0f, null, true, 0.0)]
    public void The_caller_was_served_what_the_answer_it_got_was_worth(OutcomeKind kind, float? small, float? large, bool isLarge, double served) =>
        Assert.Equal(served, Some.Outcome(kind: kind, small: small, large: large, isLarge: isLarge).Served!.Value, 6);
}
