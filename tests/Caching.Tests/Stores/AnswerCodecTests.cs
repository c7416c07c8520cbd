using CsCheck;
using Gateway.Caching.Stores.Coding;

namespace Gateway.Caching.Tests.Stores;

public sealed class AnswerCodecTests
{
    [Fact]
    public void Any_bytes_are_an_answer_or_none_and_never_an_exception() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            AnswerCodec.Decode(bytes);
            AnswerCodec.Decode([AnswerCodec.Version, .. bytes]);
            AnswerCodec.DecodeFacts([AnswerCodec.Version, .. bytes]);
        });

    [Fact]
    public void An_answer_cut_anywhere_is_none()
    {
        var whole = AnswerCodec.Encode(Samples.Answer(facts: Samples.Facts(tags: ["faq", "eu"]))).ToArray();
        Assert.NotNull(AnswerCodec.Decode(whole));
        for (var i = 0; i < whole.Length; i++)
            Assert.Null(AnswerCodec.Decode(whole.AsSpan(0, i)));
        Assert.Null(AnswerCodec.Decode([.. whole, 0]));
    }

    [Fact]
    public void An_answer_with_any_byte_changed_is_decoded_or_not_and_never_an_exception()
    {
        var whole = AnswerCodec.Encode(Samples.Answer(facts: Samples.Facts(tags: ["faq", "eu"]))).ToArray();
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            var bytes = whole.ToArray();
            bytes[at] = value;
            AnswerCodec.Decode(bytes);
        });
    }

    [Fact]
    public void The_facts_are_read_from_the_start_alone()
    {
        var answer = Samples.Answer(new string('x', 10_000));
        Assert.Equal("acme", AnswerCodec.DecodeFacts(AnswerCodec.Encode(answer).Span[..200])?.Owner);
    }
}
