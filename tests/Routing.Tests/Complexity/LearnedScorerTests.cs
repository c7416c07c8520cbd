using System.Text;
using CsCheck;
using Gateway.Routing.Complexity;
using Gateway.Routing.Complexity.Features;

namespace Gateway.Routing.Tests.Complexity;

public sealed class LearnedScorerTests
{
    private const string Easy = "What is the capital of France?";
    private const string Hard = "Design an algorithm that finds a deadlock in this trace and implement it in Python with tests.";

    private static readonly LearnedScorer Scorer = new(DefaultArtefact.Instance);

    /// <summary>The same lookup and the same proof in eight languages.</summary>
    [Theory]
    [InlineData("What is the capital of France?", "Prove step by step that the square root of 2 is irrational and explain why the same proof fails for 4.")]
    [InlineData("프랑스의 수도는 어디인가요?", "2의 제곱근이 무리수임을 단계별로 증명하고, 같은 증명이 4에는 왜 실패하는지 설명해줘.")]
    [InlineData("法国的首都是哪里?", "请逐步证明根号2是无理数,并解释为什么同样的证明对4不成立。")]
    [InlineData("¿Cuál es la capital de Francia?", "Demuestra paso a paso que la raíz cuadrada de 2 es irracional y explica por qué la misma demostración falla para 4.")]
    [InlineData("Was ist die Hauptstadt von Frankreich?", "Beweise Schritt für Schritt, dass die Quadratwurzel aus 2 irrational ist, und erkläre, warum derselbe Beweis für 4 scheitert.")]
    [InlineData("Quelle est la capitale de la France ?", "Démontre pas à pas que la racine carrée de 2 est irrationnelle et explique pourquoi la même preuve échoue pour 4.")]
    [InlineData("Какая столица Франции?", "Докажи шаг за шагом, что квадратный корень из 2 иррационален, и объясни, почему то же доказательство не работает для 4.")]
    [InlineData("フランスの首都はどこですか?", "2の平方根が無理数であることを段階的に証明し、同じ証明が4では失敗する理由を説明してください。")]
    public void A_proof_is_harder_than_a_lookup(string lookup, string proof) => Assert.True(Score(proof).Value > Score(lookup).Value);

    [Theory]
    [InlineData("hi")]
    [InlineData("thanks!")]
    [InlineData("Translate 'good morning' to Spanish.")]
    public void Small_talk_is_easier_than_work(string ask) => Assert.True(Score(ask).Value < Score(Hard).Value / 2);

    [Fact]
    public void A_long_system_prompt_alone_changes_nothing() =>
        Assert.Equal(Score("hi").Value, Score(new Prompt { Ask = "hi"u8, SystemBytes = 200_000 }).Value);

    [Fact]
    public void History_informs_and_never_drowns_the_ask()
    {
        var alone = Score(Easy).Value;
        var late = Score(new Prompt { Ask = Encoding.UTF8.GetBytes(Easy), HistoryBytes = 400_000, ToolResults = 60, Attachments = 3 }).Value;
        Assert.True(late > alone);
        Assert.True(late < Score(Hard).Value);
    }

    [Fact]
    public void A_follow_up_is_as_hard_as_what_it_goes_on_with()
    {
        var prompt = new Prompt { Ask = "yes, do it"u8, Topic = Encoding.UTF8.GetBytes(Hard), Kind = AskKind.FollowUp };
        Assert.Equal(Score(Hard).Value, Score(prompt).Value);
        Assert.True(Score("yes, do it").Value < Score(prompt).Value);
    }

    [Fact]
    public void A_follow_up_that_is_harder_than_its_topic_counts_itself()
    {
        var prompt = new Prompt { Ask = Encoding.UTF8.GetBytes(Hard), Topic = "hi"u8, Kind = AskKind.FollowUp };
        Assert.Equal(Score(Hard).Value, Score(prompt).Value);
    }

    [Fact]
    public void An_agent_s_errand_scores_next_to_nothing_and_one_in_circles_climbs()
    {
        var ask = Encoding.UTF8.GetBytes(Hard);
        Assert.True(Score(new Prompt { Ask = ask, Kind = AskKind.Housekeeping }).Value < 0.05);
        Assert.True(Score(new Prompt { Ask = ask, Kind = AskKind.Stuck }).Value > Score(Hard).Value);
    }

    [Fact]
    public void Names_the_heaviest_features_first_and_no_word_of_the_prompt()
    {
        var score = Score(Hard);
        Assert.True(Math.Abs(score[0].Weight) >= Math.Abs(score[1].Weight));
        string[] known = ["wording", "characters", "history", "tool-results", "attachments", .. DenseVector.Names];
        for (var i = 0; i < ComplexityScore.MostFeatures; i++)
            Assert.Contains(score[i].Name, known);
    }

    [Fact]
    public void Predicts_a_gain_that_rises_with_the_score()
    {
        Assert.True(Score(Hard).PredictedGain > Score(Easy).PredictedGain);
        Assert.InRange(Score(Hard).PredictedGain!.Value, 0, 1);
    }

    [Fact]
    public void Says_how_its_scores_usually_lie_and_which_artefact_speaks()
    {
        Assert.Equal(ScorerArtefact.QuantileCount, Scorer.TypicalScores.Length);
        Assert.Equal(DefaultArtefact.Instance.Id, Scorer.Version);
        Assert.Matches("^[0-9a-f]{12}$", Scorer.Version);
    }

    [Fact]
    public void Any_bytes_at_all_get_a_score_between_0_and_1() =>
        Gen.Byte.Array[0, 6000].Sample(bytes => Score(new Prompt { Ask = bytes, ToolsJson = bytes }).Value is >= 0 and <= 1, iter: 300);

    [Theory]
    [InlineData(60)]
    [InlineData(500)]
    [InlineData(400_000)]
    public void Allocates_nothing(int characters)
    {
        var ask = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Prove that 2 + 2 = 4; {code} 日本語 ", (characters / 33) + 1)));
        var topic = Encoding.UTF8.GetBytes(Hard);
        Score(new Prompt { Ask = ask, Topic = topic, Kind = AskKind.FollowUp });
        var allocated = Allocated.Least(() =>
        {
            for (var i = 0; i < 100; i++)
                Score(new Prompt { Ask = ask, Topic = topic, Kind = AskKind.FollowUp });
        });
        Assert.Equal(0, allocated);
    }

    private static ComplexityScore Score(string ask) => Score(new Prompt { Ask = Encoding.UTF8.GetBytes(ask), UserTurns = 1 });

    private static ComplexityScore Score(in Prompt prompt) => Scorer.Score(prompt);
}
