using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Guardrails.Tests;

public sealed class GuardChainTests
{
    [Fact]
    public async Task A_text_without_findings_passes_every_guard()
    {
        var chain = await RunAsync([Step("words", GuardAction.Block, "bad")], "all is well");
        Assert.Equal("words passed", chain.Report.Describe());
        Assert.False(chain.Redacts);
    }

    [Fact]
    public async Task A_value_gets_the_same_placeholder_wherever_it_stands()
    {
        var chain = await RunAsync([Step("words", GuardAction.Redact, "bob"), Step("more", GuardAction.Redact, "eve")], "bob, eve and bob", "eve");
        Assert.Equal(["<BOB_1>, <EVE_1> and <BOB_1>", "<EVE_1>"], Redacted(chain, "bob, eve and bob", "eve"));
        Assert.Equal("words redacted bob 2; more redacted eve 2", chain.Report.Describe());
    }

    [Fact]
    public async Task Where_two_guards_find_the_same_place_the_earlier_one_is_heard()
    {
        var chain = await RunAsync([Step("words", GuardAction.Redact, "bob"), Step("more", GuardAction.Redact, "a bob b")], "a bob b");
        Assert.Equal(["<A BOB B_1><BOB_1><A BOB B_2>"], Redacted(chain, "a bob b"));
    }

    [Fact]
    public async Task A_block_ends_the_run_and_the_guards_behind_it_are_not_said_to_have_passed()
    {
        var chain = await RunAsync([Step("words", GuardAction.Block, "bob"), Step("more", GuardAction.Redact, "eve")], "bob and eve");
        Assert.Equal("words blocked bob 1; more not run", chain.Report.Describe());
        Assert.Equal("bob", chain.Report.BlockedFor);
    }

    [Theory]
    [InlineData(false, "broken failed shut; words not run")]
    [InlineData(true, "broken failed open; words flagged bob 1")]
    public async Task A_guard_that_throws_is_open_or_shut_as_told(bool failsOpen, string told)
    {
        var broken = new GuardStep { Name = "broken", Action = GuardAction.Flag, Local = new BrokenGuard(), FailsOpen = failsOpen };
        var chain = await RunAsync([broken, Step("words", GuardAction.Flag, "bob")], "bob");
        Assert.Equal(told, chain.Report.Describe());
        Assert.Equal(failsOpen, chain.Report.BlockedBy is null);
    }

    [Fact]
    public async Task A_remote_guard_sees_what_the_steps_before_it_left_and_its_places_are_found_in_the_original()
    {
        var remote = new WordsAsked("and");
        var chain = await RunAsync(
            [Step("words", GuardAction.Redact, "bob"), new GuardStep { Name = "asked", Action = GuardAction.Redact, Remote = remote }], "bob and eve");
        Assert.Equal(["<BOB_1> and eve"], remote.Seen);
        Assert.Equal(["<BOB_1> <AND_1> eve"], Redacted(chain, "bob and eve"));
    }

    [Fact]
    public async Task A_late_verdict_counts_once_it_is_confirmed()
    {
        var chain = await RunAsync([new GuardStep { Name = "asked", Action = GuardAction.Block, Remote = new WordsAsked("eve") }], "bob and eve");
        Assert.True(chain.IsWaiting);
        Assert.Null(chain.Report.BlockedBy);
        await chain.ConfirmAsync();
        Assert.Equal("asked blocked eve 1", chain.Report.Describe());
    }

    [Fact]
    public async Task A_remote_guard_that_could_not_say_has_not_passed()
    {
        var chain = await RunAsync([new GuardStep { Name = "asked", Action = GuardAction.Redact, Remote = new WordsAsked("x") { Fails = true } }], "bob");
        Assert.Equal("asked failed shut", chain.Report.Describe());
        Assert.Equal("timeout", chain.Report.FailureOf(0));
    }

    [Fact]
    public void A_placeholder_of_the_callers_own_is_not_given_to_a_value()
    {
        var placeholders = new Placeholders();
        placeholders.Reserve("I call it <EMAIL_1> and <b>bold</b>."u8);
        Assert.Equal("<EMAIL_2>", placeholders.For("email", "bob@example.com"u8, isRestored: true));
        Assert.Equal("bob@example.com", placeholders.Restorable["<EMAIL_2>"]);
    }

    private static GuardStep Step(string name, GuardAction action, string word) =>
        new() { Name = name, Action = action, Local = new WordGuard(word) };

    private static async Task<GuardChain> RunAsync(ImmutableArray<GuardStep> steps, params string[] texts)
    {
        GuardedText[] guarded = [.. texts.Select(text => new GuardedText(TextSource.User, Encoding.UTF8.GetBytes(text)))];
        var chain = new GuardChain(steps, guarded, new Placeholders(), new FakeTimeProvider());
        await chain.RunAsync(TestContext.Current.CancellationToken);
        return chain;
    }

    private static string[] Redacted(GuardChain chain, params string[] texts)
    {
        var result = texts.ToArray();
        foreach (var redaction in chain.Redactions.Reverse())
            result[redaction.Text] = result[redaction.Text].Remove(redaction.Start, redaction.Length).Insert(redaction.Start, redaction.With);
        return result;
    }

    private sealed class WordGuard(string word) : IGuard
    {
        public int Lookbehind => 0;

        public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found)
        {
            var (bytes, at) = (Encoding.UTF8.GetBytes(word), 0);
            while (text[at..].IndexOf(bytes) is var place and >= 0)
            {
                found.Add(word, at + place, bytes.Length);
                at += place + bytes.Length;
            }

            return text.Length;
        }
    }

    private sealed class BrokenGuard : IGuard
    {
        public int Lookbehind => 0;

        public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found) => throw new InvalidOperationException();
    }

    private sealed class WordsAsked(string word) : IRemoteGuard
    {
        public List<string> Seen { get; } = [];

        public bool Fails { get; init; }

        public async ValueTask<RemoteVerdict> InspectAsync(IReadOnlyList<GuardedText> texts, CancellationToken cancel)
        {
            await Task.Yield();
            if (Fails)
                return RemoteVerdict.Failed("timeout");
            Seen.AddRange(texts.Select(text => Encoding.UTF8.GetString(text.Utf8.Span)));
            var text = Seen[^1];
            return text.IndexOf(word, StringComparison.Ordinal) is var at and >= 0 ? new RemoteVerdict([new TextFinding(0, new Finding(word, at, word.Length))]) : RemoteVerdict.Clean;
        }
    }
}
