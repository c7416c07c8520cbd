using System.Text;
using Gateway.Guardrails.Content;

namespace Gateway.Guardrails.Tests.Content;

public sealed class BlocklistGuardTests
{
    private static readonly BlocklistGuard Words = new([new BlockedTopic("bad",
        ["grue", "Jabber Wocky", "straße", "зло", "Φθόνος", "悪夢", "แมว", "괴물", "c++", ".evil", "café", "fi", "b", "grue hunt now", "hunt now or"])]);

    [Theory]
    [InlineData("A grue, it is.", "grue")]
    [InlineData("GRUE", "GRUE")]
    [InlineData("the gruel and the congrue", "")]
    [InlineData("grue2 2grue grueé égrue", "")]
    [InlineData("grue_x x-grue", "grue|grue")]
    [InlineData("jabber \n\t wocky jabber-WOCKY", "jabber \n\t wocky|jabber-WOCKY")]
    [InlineData("jabberwocky", "")]
    [InlineData("STRASSE Strasse straße", "STRASSE|Strasse|straße")]
    [InlineData("ЗЛО злой", "ЗЛО")]
    [InlineData("φθόνοσ ΦΘΌΝΟΣ", "φθόνοσ|ΦΘΌΝΟΣ")]
    [InlineData("昨夜は悪夢だった", "悪夢")]
    [InlineData("ดูแมวสิ", "แมว")]
    [InlineData("C++ is one", "C++")]
    [InlineData("x.evil y", ".evil")]
    public void Terms_are_found_as_whole_words_in_any_script(string text, string found) => Assert.Equal(Bad(found), Inspection.Of(Words, text));

    [Theory]
    [InlineData("괴물", "괴물")]
    [InlineData("괴물이 괴물에게는 괴물들을, 괴물입니다", "괴물|괴물|괴물|괴물")]
    [InlineData("괴물단지", "")]
    [InlineData("대괴물", "")]
    [InlineData("그grue를", "grue")]
    public void Korean_terms_may_have_particles(string text, string found) => Assert.Equal(Bad(found), Inspection.Of(Words, text));

    [Theory]
    [InlineData("\uFF47\uFF52\uFF55\uFF45", "\uFF47\uFF52\uFF55\uFF45")]
    [InlineData("gr\u200Bu\u200D\uFE0Fe!", "gr\u200Bu\u200D\uFE0Fe")]
    [InlineData("g\u0336r\u0336u\u0336e\u0336 x", "g\u0336r\u0336u\u0336e")]
    [InlineData("𝐠𝐫𝐮𝐞 ⓖⓡⓤⓔ", "𝐠𝐫𝐮𝐞|ⓖⓡⓤⓔ")]
    [InlineData("cafe\u0301 café cafe", "cafe\u0301|café")]
    [InlineData("\uFB01 \uFB01x", "\uFB01")]
    [InlineData("\u1100\u116C\u1106\u116E\u11AF", "\u1100\u116C\u1106\u116E\u11AF")]
    public void Another_way_to_write_a_term_is_no_way_around_it(string text, string found) => Assert.Equal(Bad(found), Inspection.Of(Words, text));

    [Theory]
    [InlineData("g r u e", "g r u e")]
    [InlineData("a g-R-u-e!", "g-R-u-e")]
    [InlineData("G.r.u.e. x", "G.r.u.e")]
    [InlineData("g r u e l", "")]
    [InlineData("x g r u e", "")]
    [InlineData("g r u e thing", "g r u e")]
    [InlineData("з л о", "з л о")]
    public void Letters_that_stand_apart_spell_a_word(string text, string found) => Assert.Equal(Bad(found), Inspection.Of(Words, text));

    [Fact]
    public void A_topic_counts_once_enough_of_its_terms_are_near_each_other()
    {
        var guard = new BlocklistGuard([new BlockedTopic("arms", ["rifle", "scope", "barrel"]) { AtLeast = 2 }, new BlockedTopic("long", ["barrel"])]);
        Assert.Equal([], Inspection.Of(guard, "rifle rifle rifle"));
        Assert.Equal(["arms: scope", "arms: rifle"], Inspection.Of(guard, "rifle scope rifle"));
        Assert.Equal([], Inspection.Of(guard, "rifle" + new string(' ', 1020) + "scope"));
        Assert.Equal(["long: barrel"], Inspection.Of(guard, "a barrel"));
        Inspection.IsTheSameForAnyTextOf(guard, "rifle", " scope", "barrel ", new string('-', 340), " rif", "le");
    }

    [Fact]
    public void The_same_is_found_wherever_a_stream_is_cut()
    {
        foreach (var text in new[]
        {
            "a grue hunt now or never", "the gruel g r u e now", "jabber \n wocky", "괴물에게는 괴물단지 괴물", "gr\u200Bu\u200De!", "悪夢 STRASSE зло b", "b b b b.b.b x",
            "g\u200B\u200B\u200B\u200B\u200B\u200B\u200B\u200B\u200B\u200B\u200B\u200B\u200B\u200B\u200B\u200B\u200B\u200B\u200B\u200Bgrue",
        })
            Inspection.IsTheSameWhereverItIsCut(Words, text);
        Inspection.IsTheSameForAnyTextOf(Words, "grue", " ", "g r u e", "-", "é", "괴물", "이", "단", "\u200B", "\u0301", "悪夢", "jabber", "wocky", "b", ".", "c++", "evil", "fi", " hunt now", " or");
    }

    [Fact]
    public void A_stream_is_held_back_only_where_a_term_may_be_open()
    {
        var held = WindowedInspection.Run(Words, "ordinary words of no interest, gruesome ones"u8, Enumerable.Range(0, 40)).Held;
        Assert.True(held.Max() <= 8, $"{held.Max()}");
        Assert.Equal(0, WindowedInspection.Run(Words, "ordinary words, "u8, [16]).Held[0]);
    }

    [Fact]
    public void Ordinary_text_costs_no_allocation()
    {
        Inspection.AllocatesNothing(Words, string.Concat(Enumerable.Repeat("The quick brown fox, 12 of them (gruel?) jumps over the lazy dog. ", 40)));
        Inspection.AllocatesNothing(Words, string.Concat(Enumerable.Repeat("안녕하세요 오늘 날씨가 좋네요. Привет, как дела? ", 40)));
    }

    [Fact]
    public void Hostile_texts_and_long_lists_take_linear_time()
    {
        var guard = new BlocklistGuard([new BlockedTopic("many", [.. Enumerable.Range(0, 100_000).Select(i => $"word{i:x} other{i * 7919:x}"), "a a a a a a a a b", "aaaaaaaaaaaaaaab"])]);
        foreach (var unit in new[] { "a", "a ", "a.", "@", "\u200B", "é", "괴", "word1 ", "\u0301", "g\u200B" })
        {
            var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(unit, 2_000_000 / unit.Length)));
            Assert.Empty(WindowedInspection.Whole(guard, text));
        }

        Assert.Equal(["many: WORD186a0 other2f32ca40"], Inspection.Of(new BlocklistGuard([new BlockedTopic("many", ["word186a0 other2f32ca40"])]), "so WORD186a0 other2f32ca40"));
        Assert.Equal(["many: word1 other1eef"], Inspection.Of(guard, "so word1 other1eef it is"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \u200B")]
    public void A_term_with_nothing_to_look_for_is_refused(string term) =>
        Assert.Contains("bad", Assert.Throws<FormatException>(() => new BlocklistGuard([new BlockedTopic("bad", [term])])).Message, StringComparison.Ordinal);

    private static string[] Bad(string found) => found.Length == 0 ? [] : [.. found.Split('|').Select(text => $"bad: {text}")];
}
