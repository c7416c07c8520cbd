using Gateway.Routing.Cascade;
using Gateway.Routing.Cascade.Checks;
using Gateway.Routing.Tests.Cascade.Checks;

namespace Gateway.Routing.Tests.Cascade;

public sealed class AnswerJudgeTests
{
    private static readonly VerifySettings Settings = new(32, AnswerChecks.All, WeighsTokens: true, LeastConfidence: 0.55);

    [Fact]
    public void A_check_speaks_before_the_confidence()
    {
        var judgement = AnswerJudge.Judge(Sure(""), Draft.Offer(), Settings, null);
        Assert.True(judgement.IsWeak);
        Assert.Equal(("empty", "empty answer", null), (judgement.Cause, judgement.Reason, judgement.Confidence));
    }

    [Fact]
    public void An_answer_the_model_is_sure_of_may_be_shown()
    {
        var judgement = AnswerJudge.Judge(Sure("Paris.", finish: null), Draft.Offer(), Settings, null);
        Assert.False(judgement.IsWeak);
        Assert.InRange(judgement.Confidence!.Value, 0.55, 1);
    }

    [Fact]
    public void An_answer_it_is_not_sure_of_may_not()
    {
        var judgement = AnswerJudge.Judge(Unsure("Paris.", finish: null), Draft.Offer(), Settings, null);
        Assert.Equal(AnswerJudge.LowConfidence, judgement.Cause);
        Assert.InRange(judgement.Confidence!.Value, 0, 0.55);
    }

    [Fact]
    public void Without_probabilities_the_checks_decide_alone()
    {
        Assert.Equal(default, AnswerJudge.Judge(Draft.Text("Paris."), Draft.Offer(), Settings, null));
        Assert.Equal(default, AnswerJudge.Judge(Unsure("Paris."), Draft.Offer(), Settings with { WeighsTokens = false }, null));
    }

    [Fact]
    public void Prompts_below_the_line_are_answered_on_the_checks_alone()
    {
        var settings = Settings with { Above = 0.3 };
        Assert.False(settings.For(0.2).WeighsTokens);
        Assert.True(settings.For(0.3).WeighsTokens);
        Assert.True(settings.For(null).WeighsTokens);
    }

    [Theory]
    [InlineData(0.36, 0.8, 0.55)]
    [InlineData(0.0, 0.8, 1.0)]
    [InlineData(0.9, 0.8, 0.0)]
    public void Escalating_pays_while_what_it_mends_is_worth_more_than_its_price(double price, double largeRight, double least) =>
        Assert.Equal(least, VerifySettings.BreakEven(price, largeRight), 6);

    private static DraftAnswer Sure(string text, string? finish = "stop") => With(text, finish, 0.97);

    private static DraftAnswer Unsure(string text, string? finish = "stop") => With(text, finish, 0.25);

    private static DraftAnswer With(string text, string? finish, double probability)
    {
        var draft = Draft.Text(text, finish);
        for (var i = 0; i < 8; i++)
            draft.Tokens.Add(Math.Log(probability), Math.Log((1 - probability) / 2));
        return draft;
    }
}
