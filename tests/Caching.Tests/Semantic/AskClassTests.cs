using Gateway.Caching.Semantic;

namespace Gateway.Caching.Tests.Semantic;

public sealed class AskClassTests
{
    [Theory]
    [InlineData("What is the capital of France?", AskForm.Question, AskLength.Short)]
    [InlineData("how do I get from Paris to Rome", AskForm.Question, AskLength.Short)]
    [InlineData("What's new", AskForm.Question, AskLength.Short)]
    [InlineData("Write a poem about the sea", AskForm.Instruction, AskLength.Short)]
    [InlineData("Whatever you do, write a poem about the sea and the sky", AskForm.Instruction, AskLength.Medium)]
    [InlineData("My iPhone says no", AskForm.Instruction, AskLength.Short)]
    [InlineData("What does list.sort() return?", AskForm.Code, AskLength.Short)]
    [InlineData("Rename max_tokens everywhere", AskForm.Code, AskLength.Short)]
    [InlineData("Why is getElementById null?", AskForm.Code, AskLength.Short)]
    [InlineData("explain `ls -l`", AskForm.Code, AskLength.Short)]
    [InlineData("", AskForm.Instruction, AskLength.Short)]
    public void Has_a_form_and_a_length(string ask, AskForm form, AskLength length) =>
        Assert.Equal(new AskClass("auto", form, length), AskClass.Of("auto", ask));

    [Fact]
    public void Is_long_beyond_24_words() =>
        Assert.Equal(AskLength.Long, AskClass.Of("auto", string.Join(' ', Enumerable.Repeat("word", 25))).Length);

    [Fact]
    public void Says_its_name()
    {
        var asks = AskClass.Of("auto", "What is the capital of France?");
        Assert.Equal("auto question short", asks.ToString());
        Assert.Equal("auto", asks.OfModel.ToString());
    }
}
