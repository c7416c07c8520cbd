using System.Text;
using Gateway.Dispatch.Resume;
using Gateway.Protocol;
using Gateway.Upstream.Probing;

namespace Gateway.Tests.Resume;

/// <summary>Ids as they are kept, and the text they stand for.</summary>
public sealed class TokenLogTests
{
    [Fact]
    public void Ids_run_ahead_of_text_and_are_cut_back_to_it()
    {
        using var journal = new Journal(keepsIds: true);
        Take(journal, """{"choices":[{"index":0,"delta":{"role":"assistant","content":""}}],"prompt_token_ids":[7, 8]}""");
        Assert.False(journal.Ids!.IsKnown);
        Show(journal, "Hi", "[11]");
        Take(journal, """{"choices":[{"index":0,"delta":{},"token_ids":[12]}]}""");
        Assert.Equal((2, 1), (journal.Ids.Count, journal.Ids.Shown));
        journal.Begin(1, Mechanism.Ids);
        Assert.Equal((1, "[7, 8,11]"), (journal.Ids.Count, Encoding.UTF8.GetString(journal.Ids.ToPrompt())));
        Show(journal, " 🙂", "[12,13]");
        Assert.Equal("[7, 8,11,12,13]", Encoding.UTF8.GetString(journal.Ids.ToPrompt()));
        Assert.True(journal.Ids.MayRunAhead);
        Assert.Equal(1, journal.Ids.Fresh);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[1,[2]]")]
    [InlineData("[\"1\"]")]
    public void Text_without_ids_makes_them_unknown(string ids)
    {
        using var journal = new Journal(keepsIds: true);
        Take(journal, """{"choices":[],"prompt_token_ids":[7]}""");
        Show(journal, "a", "[1]");
        Assert.True(journal.Ids!.IsKnown);
        Show(journal, "b", ids);
        Assert.False(journal.Ids.IsKnown);
    }

    [Fact]
    public void Ids_beyond_the_bound_are_unknown()
    {
        using var journal = new Journal(keepsIds: true);
        Take(journal, $$"""{"choices":[],"prompt_token_ids":[{{string.Join(',', Enumerable.Repeat("123456", 400_000))}}]}""");
        Show(journal, "a", "[1]");
        Assert.False(journal.Ids!.IsKnown);
    }

    [Theory]
    [InlineData("Hello wor", "", "Hello wor", 0, 0)]
    [InlineData("Hello wor", "", "Hello ", 3, 0)]
    [InlineData("Hello wor", "", "Hello world", null, null)]
    [InlineData("Hello wor", "", "Hello w\\ufffd", null, null)]
    [InlineData("a\\n\\\"b", "t", "<think>\\nt\\n</think>\\n\\na\\n", 3, 0)]
    [InlineData("a", "t", "t a", null, null)]
    [InlineData("", "thought", "<think>\\nthou", 0, 3)]
    [InlineData("", "thought", "thought\\n</think>", null, null)]
    [InlineData("\\n\\nHi", "", "\\n\\n", 2, 0)]
    [InlineData("\\ud83d\\ude42x", "", "🙂", 1, 0)]
    public void What_was_shown_beyond_a_raw_text_is_found(string content, string thought, string raw, int? beyond, int? thoughtBeyond)
    {
        using var journal = new Journal(keepsIds: true);
        journal.Show(default, Encoding.UTF8.GetBytes(thought));
        journal.Show(Encoding.UTF8.GetBytes(content), default);
        var found = SaidText.BeyondOf(journal, $"\"{raw}\"");
        Assert.Equal((beyond, thoughtBeyond), (found?.Content, found?.Reasoning));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("0.10.1", false)]
    [InlineData("0.9.0.post1", false)]
    [InlineData("0.10.2", true)]
    [InlineData("0.11.0rc2+g12ab", true)]
    [InlineData("0.1.dev9000+g12ab", true)]
    [InlineData("0.0.0+simulated", true)]
    [InlineData("nightly", true)]
    public void An_engine_known_to_be_older_is_not_asked_for_ids(string? version, bool may) => Assert.Equal(may, EngineVersion.MayReturnTokenIds(version));

    private static void Take(Journal journal, string payload)
    {
        var bytes = Encoding.UTF8.GetBytes(payload);
        journal.Count(bytes, ChunkReader.Read(bytes));
    }

    private static void Show(Journal journal, string text, string ids)
    {
        Take(journal, $$"""{"choices":[{"index":0,"delta":{"content":"{{text}}"},"token_ids":{{ids}}}]}""");
        journal.Show(Encoding.UTF8.GetBytes(text), default);
    }
}
