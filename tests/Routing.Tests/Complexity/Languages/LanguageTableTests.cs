using System.Globalization;
using System.Text;

namespace Gateway.Routing.Tests.Complexity.Languages;

/// <summary>What the shipped scorer makes of the same asks in eight languages; docs/routing.md prints the table.</summary>
public sealed class LanguageTableTests
{
    private const string Begin = "<!-- languages: written by LanguageTableTests -->\n";
    private const string End = "<!-- /languages -->";
    private const string Rewrite = "GATEWAY_WRITE_TABLES";

    public static TheoryData<string> Languages => [.. LanguagePairs.ByLanguage.Keys];

    [Fact]
    public void Every_language_has_the_same_pairs() =>
        Assert.All(LanguagePairs.ByLanguage.Values, pairs => Assert.Equal(8, pairs.Length));

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_hard_ask_outscores_the_easy_one_of_its_pair(string language)
    {
        var pairs = LanguagePairs.ByLanguage[language];
        Assert.True(Ordered(pairs) >= pairs.Length - 1, $"{language}: {Ordered(pairs)} of {pairs.Length}");
    }

    [Fact]
    public void The_table_in_the_guide_is_what_the_scorer_says()
    {
        var path = Path.Combine(Root(), "docs", "routing.md");
        var guide = File.ReadAllText(path);
        var (from, to) = (guide.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, guide.IndexOf(End, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable(Rewrite) == "1")
        {
            guide = guide[..from] + Table() + guide[to..];
            File.WriteAllText(path, guide);
            to = guide.IndexOf(End, StringComparison.Ordinal);
        }

        Assert.True(guide[from..to] == Table(), $"docs/routing.md does not show what is measured; run these tests once with {Rewrite}=1");
    }

    private static string Table()
    {
        var table = new StringBuilder("| language | pairs in order | easy, mean score | hard, mean score | easiest hard ask | hardest easy ask |\n|---|---|---|---|---|---|\n");
        foreach (var (language, pairs) in LanguagePairs.ByLanguage)
        {
            var easy = pairs.Select(pair => ShippedScorer.Score(pair.Easy)).ToList();
            var hard = pairs.Select(pair => ShippedScorer.Score(pair.Hard)).ToList();
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {language} | {Ordered(pairs)} of {pairs.Length} | {easy.Average():0.00} | {hard.Average():0.00} | {hard.Min():0.00} | {easy.Max():0.00} |\n");
        }

        return table.ToString();
    }

    private static int Ordered(LanguagePair[] pairs) => pairs.Count(pair => ShippedScorer.Score(pair.Hard) > ShippedScorer.Score(pair.Easy));

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ARCHITECTURE.md")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
