using System.Text;
using Gateway.Routing.Cascade.Confidence;

namespace Gateway.Routing.Tests.Cascade.Confidence;

public sealed class ConfidenceModelTests
{
    [Fact]
    public void Surer_tokens_make_a_wrong_answer_less_likely()
    {
        var last = 1.0;
        foreach (var probability in (double[])[0.2, 0.4, 0.6, 0.8, 0.95])
        {
            var chance = ConfidenceModel.Default.ChanceOfWrong(Tokens(probability), [], null);
            Assert.True(chance < last, $"{chance} at {probability}");
            last = chance;
        }

        Assert.InRange(last, 0.02, 0.35);
    }

    [Fact]
    public void The_length_of_an_answer_changes_nothing_by_itself()
    {
        var few = Tokens(0.8, count: 32);
        var many = Tokens(0.8, count: 3200);
        Assert.Equal(ConfidenceModel.Default.ChanceOfWrong(few, [], null), ConfidenceModel.Default.ChanceOfWrong(many, [], null), 6);
    }

    [Fact]
    public void The_coefficients_belong_to_the_features_that_the_code_reads()
    {
        var features = new double[AnswerShape.Names.Count];
        AnswerShape.Read(Encoding.UTF8.GetBytes("x"), features);
        Assert.All(features, feature => Assert.True(double.IsFinite(feature)));
        Assert.All(ConfidenceModel.Default.Parts, part => Assert.Equal(part.Names.Length, part.Weights.Length));
        Assert.Equal([.. ConfidenceModel.TokenNames], ConfidenceModel.Default.Parts[0].Names);
        Assert.Equal([.. AnswerShape.Names], ConfidenceModel.Default.Parts[1].Names);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\n\n\n")]
    [InlineData("日本語だけの答え")]
    public void Any_text_has_a_shape(string text)
    {
        var features = new double[AnswerShape.Names.Count];
        AnswerShape.Read(Encoding.UTF8.GetBytes(text), features);
        Assert.All(features, feature => Assert.True(double.IsFinite(feature)));
    }

    private static TokenFeatures Tokens(double probability, int count = 10) =>
        new(Math.Log(probability), Math.Log(probability / 2), Math.Log(probability), probability - (1 - probability) / 2, probability < 0.5 ? 1 : 0, count);
}
