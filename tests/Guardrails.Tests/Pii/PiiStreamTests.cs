using System.Text;
using CsCheck;
using Gateway.Guardrails.Pii;

namespace Gateway.Guardrails.Tests.Pii;

public sealed class PiiStreamTests
{
    private static readonly PiiGuard All = new(new PiiSettings { Regions = ["US", "KR", "DE"] });
    private static readonly PiiGuard WithoutEmail = new(new PiiSettings { Entities = [.. PiiGuard.Entities.Remove("email")], Regions = ["US"] });

    private static readonly PiiGuard WithPatterns = new(new PiiSettings
    {
        Entities = ["email", "card"],
        Patterns = new Dictionary<string, string> { ["ticket"] = @"\bT-\d{3,5}\b", ["code"] = "(?i)ab(c|cd)+e?x", ["run"] = "z+y" },
    });

    private static readonly string[] Pieces =
    [
        .. PiiExamples.Found.Select(static one => PiiExamples.Unmark(one.Text).Text), .. PiiExamples.Evasions.Select(static one => PiiExamples.Unmark(one.Text).Text),
        .. PiiExamples.Ordinary, " ", "  ", ".", ". ", ", ", "-", "\n", "@", "(", "+", ":", "1", " 4 ", "a ", "I ", "QQ ", "X-", "DE", "é", "한국 ", "\u200B", "\u00AD", "&", "&#6",
        "%4", "\\u00", "4111 ", "2024 ", "March ", "born ", "ssn ", "T-123", "T-12345", "abcd", "abcx", "zzz", "y", "the next word ", "😀",
    ];

    private static readonly Gen<string> Texts = Gen.Int[0, Pieces.Length - 1].Select(static i => Pieces[i]).Array[1, 6].Select(static pieces => string.Concat(pieces));

    public static TheoryData<string> Marked => [.. PiiExamples.Found.Concat(PiiExamples.Evasions).Select(static one => one.Text)];

    [Theory]
    [MemberData(nameof(Marked))]
    public void Every_split_in_two_finds_the_same(string marked) => Splits(All, PiiExamples.Unmark(marked).Text);

    [Fact]
    public void Every_split_of_any_texts_finds_the_same()
    {
        Texts.Sample(static text => Splits(All, text), iter: 400);
        Texts.Sample(static text => Splits(WithoutEmail, text), iter: 200);
    }

    [Fact]
    public void Every_split_finds_the_same_by_patterns() => Texts.Sample(static text => Splits(WithPatterns, text), iter: 200);

    [Fact]
    public void Any_cuts_of_any_texts_find_the_same() =>
        Gen.Select(Texts.Array[1, 3], Gen.Int[0, 1000].Array[1, 30], Gen.Int[0, 2].Select(static i => i == 0 ? All : i == 1 ? WithoutEmail : WithPatterns)).Sample(
            static (texts, cuts, guard) =>
            {
                var text = Encoding.UTF8.GetBytes(string.Concat(texts));
                Same(guard, text, [.. cuts.Where(cut => cut < text.Length).Order()], TextSource.Assistant);
            },
            iter: 3000);

    [Fact]
    public void Byte_by_byte_finds_the_same() =>
        Texts.Sample(
            static text =>
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                Same(All, bytes, Enumerable.Range(0, bytes.Length), TextSource.Arguments);
            },
            iter: 400);

    [Fact]
    public void Long_runs_find_the_same_wherever_they_are_cut()
    {
        string[] runs = ["a", "1", "1 ", "a ", "1.", "@", "a@", "DE", "12 ", "a\u200B", "4\u200B", ":", "ab:", "-", "a.", "４"];
        Gen.Select(Gen.Int[0, runs.Length - 1].Select(i => runs[i]), Gen.Int[50, 200], Texts, Gen.Int[1, 40]).Sample(
            static (run, times, text, step) =>
            {
                var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(run, times)) + text);
                Same(All, bytes, Enumerable.Range(1, (bytes.Length - 1) / step).Select(i => i * step), TextSource.Assistant);
            },
            iter: 400);
    }

    [Theory]
    [InlineData("a word and a space ", 0)]
    [InlineData("in the year 2024 he", 2)]
    [InlineData("a word and a word", 4)]
    [InlineData("Well, that's all. ", 0)]
    [InlineData("pay with 4111 1111", 9)]
    [InlineData("so bob@example.com", 15)]
    [InlineData("she was born March ", 6)]
    public void Just_what_is_open_is_held(string text, int held) =>
        Assert.Equal(held, WindowedInspection.Run(All, Encoding.UTF8.GetBytes(text), [text.Length]).Held[0]);

    [Theory]
    [InlineData("a word and a word", 0)]
    [InlineData("in the year 2024 ", 0)]
    [InlineData("pay with 4111 ", 5)]
    public void What_no_entity_that_is_set_may_begin_with_is_not_held(string text, int held)
    {
        var guard = new PiiGuard(new PiiSettings { Entities = ["card"] });
        Assert.Equal(held, WindowedInspection.Run(guard, Encoding.UTF8.GetBytes(text), [text.Length]).Held[0]);
    }

    private static void Splits(PiiGuard guard, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var cut = 0; cut <= bytes.Length; cut++)
            Same(guard, bytes, [cut], TextSource.Assistant);
    }

    private static void Same(PiiGuard guard, byte[] text, IEnumerable<int> cuts, TextSource source)
    {
        int[] at = [.. cuts];
        var whole = WindowedInspection.Whole(guard, text, source);
        var streamed = WindowedInspection.Run(guard, text, at, source).Findings;
        Assert.True(whole.SequenceEqual(streamed),
            $"{Encoding.UTF8.GetString(text)} cut at {string.Join(',', at.Take(50))}\n whole {string.Join("; ", whole)}\n streamed {string.Join("; ", streamed)}");
    }
}
