using System.Text;
using CsCheck;
using Gateway.Routing.Complexity;

namespace Gateway.Routing.Tests.Complexity;

public sealed class LexicalScorerTests
{
    [Theory]
    [InlineData("hi")]
    [InlineData("thanks!")]
    [InlineData("What is the capital of France?")]
    [InlineData("Translate 'good morning' to Spanish.")]
    [InlineData("Write a title for this conversation.")]
    public void Easy_asks_stay_below_the_default_threshold(string ask) => Assert.True(A.Score(ask).Value < 0.5);

    [Theory]
    [InlineData("Prove that the square root of 2 is irrational, step by step, and explain why the same proof fails for 4.")]
    [InlineData("Design an algorithm that finds a deadlock in this trace, prove its complexity is optimal and implement it in Rust with async tests.")]
    [InlineData("Let f be a polynomial with integer coefficients such that f(1) = 2 and f(2) = 1. Prove that f has no integer roots, and derive the remainder modulo x^2 - 3x + 2.")]
    public void Hard_asks_reach_it(string ask) => Assert.True(A.Score(ask).Value >= 0.5, A.Score(ask).Value.ToString("0.000"));

    [Fact]
    public void A_long_system_prompt_alone_changes_nothing() =>
        Assert.Equal(A.Score("hi").Value, A.Score("hi", systemBytes: 200_000).Value);

    [Fact]
    public void Tools_and_history_alone_do_not_make_small_talk_hard() =>
        Assert.True(A.Score("ok, thanks", tools: 25, historyBytes: 40_000, userTurns: 5).Value < 0.5);

    [Fact]
    public void Names_the_heaviest_features_first()
    {
        var score = A.Score("Prove the theorem step by step.");
        Assert.Equal("reasoning", score[0].Name);
        Assert.True(score[0].Weight >= Math.Abs(score[1].Weight));
    }

    [Fact]
    public void Any_bytes_at_all_get_a_score_between_0_and_1() =>
        Gen.Byte.Array[0, 400].Sample(bytes =>
        {
            var value = new LexicalScorer().Score(new Prompt { Ask = bytes }).Value;
            return value is >= 0 and <= 1;
        });

    [Fact]
    public void Allocates_nothing()
    {
        var ask = Encoding.UTF8.GetBytes("Prove that 2 + 2 = 4; {code} 日本語");
        var scorer = new LexicalScorer();
        scorer.Score(new Prompt { Ask = ask });
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            scorer.Score(new Prompt { Ask = ask });
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
