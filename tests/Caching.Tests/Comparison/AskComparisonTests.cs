using CsCheck;
using Gateway.Caching.Semantic.Comparison;

namespace Gateway.Caching.Tests.Comparison;

public sealed class AskComparisonTests
{
    // Of 169. May only rise.
    private const int ParaphrasesThatPass = 156;

    private static readonly IReadOnlyList<AskPair> HardNegatives = AskPair.Load("HardNegatives.tsv");
    private static readonly IReadOnlyList<AskPair> Paraphrases = AskPair.Load("Paraphrases.tsv");

    [Fact]
    public void No_pair_that_wants_two_answers_passes()
    {
        Assert.True(HardNegatives.Count >= 150);
        Assert.True(HardNegatives.Select(pair => pair.Kind).Distinct().Count() >= 15);
        var passed = HardNegatives.Where(pair => AskComparison.Find(pair.Ask, pair.Other) is null || AskComparison.Find(pair.Other, pair.Ask) is null);
        Assert.Equal("", string.Join('\n', passed));
    }

    [Fact]
    public void No_fewer_paraphrases_pass_than_did()
    {
        Assert.True(Paraphrases.Count >= 150);
        var passed = Paraphrases.Count(pair => AskComparison.Find(pair.Ask, pair.Other) is null);
        Assert.True(passed >= ParaphrasesThatPass, $"{passed} of {Paraphrases.Count} pass.");
    }

    [Fact]
    public void The_order_of_two_asks_does_not_matter() =>
        Assert.All(
            HardNegatives.Concat(Paraphrases),
            pair => Assert.Equal(AskComparison.Find(pair.Ask, pair.Other) is null, AskComparison.Find(pair.Other, pair.Ask) is null));

    [Fact]
    public void An_ask_does_not_differ_from_itself() =>
        Assert.All(HardNegatives.Concat(Paraphrases), pair => Assert.Null(AskComparison.Find(pair.Ask, pair.Ask)));

    [Theory]
    [InlineData("Who won in 2023?", "Who won in 2024?", AskDifference.Number)]
    [InlineData("How do I enable it?", "How do I disable it?", AskDifference.Opposite)]
    [InlineData("How do I get to X1 from Y1?", "How do I get to Y1 from X1?", AskDifference.Order)]
    [InlineData("Is it done?", "Is it not done?", AskDifference.Negation)]
    [InlineData("How does it end?", "Why does it end?", AskDifference.Question)]
    [InlineData("What is in /etc/hosts?", "What is in /etc/passwd?", AskDifference.Identifier)]
    [InlineData("What is love?", "Was ist die Liebe?", AskDifference.Language)]
    [InlineData("Explain ```a```", "Explain ```b```", AskDifference.Code)]
    [InlineData("What is 2 + 3?", "What is 2 * 3?", AskDifference.Symbols)]
    [InlineData("Who is Ann?", "Who was Ann?", AskDifference.Tense)]
    [InlineData("Who stole his hat?", "Who stole her hat?", AskDifference.Person)]
    [InlineData("Explain tides.", "Explain tides in one sentence.", AskDifference.Form)]
    [InlineData("Where is the city of Rome?", "Where is the city of Bonn?", AskDifference.Name)]
    public void A_difference_has_its_kind(string ask, string other, AskDifference difference) =>
        Assert.Equal(difference, AskComparison.Find(ask, other));

    [Fact]
    public void Each_difference_has_its_words() =>
        Assert.All(Enum.GetValues<AskDifference>(), difference => Assert.NotEmpty(difference.Reason()));

    [Fact]
    public void Too_long_an_ask_differs_from_every_other() =>
        Assert.Equal(AskDifference.Length, AskComparison.Find(new string('a', AskReading.MostCharacters + 1), "a"));

    [Fact]
    public void No_text_makes_it_fail_or_differ_from_itself() =>
        Gen.String[Gen.Char["ab cd' \"`-./:@_#%$€°+*=<>()[]{}0123456789,;!?\n\té漢한\u0301AB"], 0, 80]
            .Sample(text => AskComparison.Find(text, text) is null);

    [Theory]
    [InlineData("9999999999999999999999999999 billion billion")]
    [InlineData("99999999999999999999999999999999999999 million")]
    [InlineData("billion billion billion billion hundred hundred hundred hundred")]
    [InlineData("79228162514264337593543950335k")]
    public void No_number_is_too_large(string text) => Assert.Null(AskComparison.Find(text, text));

    [Fact]
    public void A_reading_is_compared_with_many()
    {
        var reading = AskReading.Of("How do I cook rice?");
        Assert.Null(AskComparison.Find(reading, AskReading.Of("how to cook rice")));
        Assert.NotNull(AskComparison.Find(reading, AskReading.Of("how to cook pasta")));
    }
}
