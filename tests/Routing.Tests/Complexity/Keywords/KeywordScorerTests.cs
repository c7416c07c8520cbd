using System.Text;
using CsCheck;
using Gateway.Routing.Complexity;
using Gateway.Routing.Complexity.Keywords;
using Gateway.Routing.Thresholds;

namespace Gateway.Routing.Tests.Complexity.Keywords;

/// <summary>What the reference rule was seen to say of each of these, run as it was published.</summary>
public sealed class KeywordScorerTests
{
    [Theory]
    [InlineData("Hello", null)]
    [InlineData("이 코드를 리팩터링하고 아키텍처를 분석해줘", "keyword")]
    [InlineData("리팩토링 해줘", null)]
    [InlineData("give me an analysis", null)]
    [InlineData("please review this", null)]
    [InlineData("who is the designated driver?", "keyword")]
    [InlineData("REFACTOR it", "keyword")]
    public void Words_are_looked_for_as_they_stand(string text, string? reason) => Assert.Equal(reason, Reason(text));

    [Theory]
    [InlineData("a", 500, null)]
    [InlineData("a", 501, "length")]
    [InlineData("가", 500, null)]
    [InlineData("가", 501, "length")]
    [InlineData("🚀", 500, null)]
    [InlineData("🚀", 501, "length")]
    public void More_than_500_characters_are_strong(string character, int count, string? reason) =>
        Assert.Equal(reason, Reason(string.Concat(Enumerable.Repeat(character, count))));

    [Fact]
    public void The_space_between_two_messages_counts() =>
        Assert.Equal("length", Reason(new string('a', 250) + " " + new string('b', 250), messages: 2));

    [Fact]
    public void A_long_system_prompt_makes_hi_strong() => Assert.Equal("length", Reason(new string('s', 600) + " hi", messages: 2));

    [Theory]
    [InlineData(5, null)]
    [InlineData(6, "turns")]
    public void Messages_of_any_role_are_counted_as_turns(int messages, string? reason) =>
        Assert.Equal(reason, Reason(string.Join(' ', Enumerable.Repeat("a", messages)), messages));

    [Fact]
    public void Without_messages_a_prompt_is_weak() => Assert.Null(Reason("", messages: 0));

    [Fact]
    public void A_keyword_comes_before_the_length_and_the_length_before_the_turns()
    {
        Assert.Equal("keyword", Reason(new string('a', 600) + " debug", messages: 9));
        Assert.Equal("length", Reason(new string('a', 600), messages: 9));
    }

    [Fact]
    public void The_words_and_limits_are_data()
    {
        var scorer = new KeywordScorer(new KeywordRule(["review"], Characters: 10, Messages: 1));
        Assert.Equal("keyword", Reason("review", 1, scorer));
        Assert.Equal("length", Reason("refactor it", 1, scorer));
        Assert.Equal("turns", Reason("a b", 2, scorer));
    }

    [Fact]
    public void No_words_at_all_leave_length_and_turns() =>
        Assert.Null(Reason("refactor", 1, new KeywordScorer(new KeywordRule([], Characters: 10, Messages: 1))));

    [Fact]
    public void A_word_is_found_wherever_it_stands_in_a_long_text() =>
        Gen.Select(Gen.Int[0, 9000], Gen.Int[0, KeywordRule.Reference.Words.Count - 1], Gen.Int[0, 2]).Sample((at, word, filler) =>
        {
            var fill = string.Concat(Enumerable.Repeat(filler switch { 0 => "x", 1 => "나", _ => "🚀" }, at));
            return Reason(fill + KeywordRule.Reference.Words[word].ToUpperInvariant() + fill) == "keyword";
        });

    [Fact]
    public void A_word_longer_than_a_piece_of_text_is_found()
    {
        var word = new string('w', 5000);
        var scorer = new KeywordScorer(new KeywordRule([word], Characters: 100_000, Messages: 5));
        Assert.Equal("keyword", Reason(new string('x', 3000) + word + "x", 1, scorer));
        Assert.Null(Reason(new string('x', 3000) + word[1..] + "x", 1, scorer));
    }

    [Fact]
    public void Any_bytes_get_a_score() => Gen.Byte.Array[0, 5000].Sample(bytes =>
        new KeywordScorer(KeywordRule.Reference).Score(new Prompt { Conversation = bytes }).Value is 0 or 1);

    [Fact]
    public void Allocates_nothing()
    {
        var (scorer, text) = (new KeywordScorer(KeywordRule.Reference), Encoding.UTF8.GetBytes(new string('x', 10_000)));
        scorer.Score(new Prompt { Conversation = text });
        var allocated = Allocated.Least(() =>
        {
            for (var i = 0; i < 100; i++)
                scorer.Score(new Prompt { Conversation = text });
        });
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void The_version_is_that_of_the_rule()
    {
        var version = VersionOf("debug", "설계");
        Assert.Matches("^keywords-[0-9a-f]{8}$", version);
        Assert.Equal(version, VersionOf("설계", "DEBUG", "debug"));
        Assert.NotEqual(version, VersionOf("설계"));
        Assert.NotEqual(version, new KeywordScorer(new KeywordRule(["debug", "설계"], Characters: 501, Messages: 5)).Version);
        Assert.NotEqual(version, new KeywordScorer(new KeywordRule(["debug", "설계"], Characters: 500, Messages: 6)).Version);

        static string VersionOf(params string[] words) => new KeywordScorer(new KeywordRule(words, Characters: 500, Messages: 5)).Version;
    }

    [Fact]
    public void A_share_is_held_by_what_the_rule_usually_says_from_the_first_request_on()
    {
        var typical = new KeywordScorer(KeywordRule.Reference).TypicalScores;
        Assert.Equal(0.32, typical.ToArray().Average(), 6);
        var threshold = new ShareThreshold(new FixedShare(0.3), double.PositiveInfinity, typical);
        Assert.True(threshold.Look(1).IsHard);
        Assert.False(threshold.Look(0).IsHard);
        Assert.Equal(0.84, threshold.Look(1).Quantile!.Value, 2);
    }

    /// <summary>Why the conversation is strong; null when it is weak.</summary>
    private static string? Reason(string conversation, int messages = 1, KeywordScorer? scorer = null)
    {
        var score = (scorer ?? new KeywordScorer(KeywordRule.Reference))
            .Score(new Prompt { Conversation = Encoding.UTF8.GetBytes(conversation), Messages = messages });
        Assert.Equal(score[0].Name is null ? 0 : 1, score.Value);
        return score[0].Name;
    }
}
