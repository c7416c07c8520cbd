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
    public async Task A_late_guard_sees_what_the_steps_before_it_left_and_nothing_of_those_behind()
    {
        var (text, late) = (Encoding.UTF8.GetBytes("bob and eve"), new WordsAsked("eve"));
        var steps = ImmutableArray.Create(
            Step("words", GuardAction.Redact, "bob"), new GuardStep { Name = "asked", Action = GuardAction.Flag, Remote = late }, Step("more", GuardAction.Redact, "and"));
        var chain = new GuardChain(steps, [new GuardedText(TextSource.User, text), new GuardedText(TextSource.User, text)], new Placeholders(), new FakeTimeProvider())
        {
            Model = "small",
            Group = "own",
        };
        await chain.RunAsync(TestContext.Current.CancellationToken);
        text.AsSpan().Fill((byte)'x');
        await chain.ConfirmAsync();
        Assert.Equal(["<BOB_1> and eve", "<BOB_1> and eve"], late.Question!.Texts.Select(asked => Encoding.UTF8.GetString(asked.Utf8.Span)));
        Assert.Equal(("small", "own", null), (late.Question.Model, late.Question.Group, late.Question.Prompt));
        Assert.Equal("words redacted bob 2; asked flagged eve 1; more redacted and 2", chain.Report.Describe());
    }

    [Fact]
    public async Task A_late_text_is_the_guards_own()
    {
        var (text, late) = (Encoding.UTF8.GetBytes("bob and eve"), new WordsAsked("eve"));
        var chain = new GuardChain(
            [new GuardStep { Name = "asked", Action = GuardAction.Flag, Remote = late }], [new GuardedText(TextSource.User, text)], new Placeholders(), new FakeTimeProvider());
        await chain.RunAsync(TestContext.Current.CancellationToken);
        text.AsSpan().Fill((byte)'x');
        await chain.ConfirmAsync();
        Assert.Equal("bob and eve", Encoding.UTF8.GetString(late.Question!.Texts[0].Utf8.Span));
    }

    [Theory]
    [InlineData(GuardAction.Block)]
    [InlineData(GuardAction.Redact)]
    public async Task A_remote_guard_that_throws_has_failed(GuardAction action)
    {
        var chain = await RunAsync([new GuardStep { Name = "asked", Action = action, Remote = new WordsAsked("x") { Throws = true } }], "bob");
        await chain.ConfirmAsync();
        Assert.Equal("asked failed shut", chain.Report.Describe());
        Assert.Equal(nameof(NotSupportedException), chain.Report.FailureOf(0));
    }

    [Theory]
    [InlineData(GuardAction.Flag, null, "flagged")]
    [InlineData(GuardAction.Flag, GuardAction.Redact, "flagged")]
    [InlineData(GuardAction.Flag, GuardAction.Block, "flagged")]
    [InlineData(GuardAction.Redact, null, "redacted")]
    [InlineData(GuardAction.Redact, GuardAction.Flag, "flagged")]
    [InlineData(GuardAction.Redact, GuardAction.Block, "blocked")]
    [InlineData(GuardAction.Block, null, "blocked")]
    [InlineData(GuardAction.Block, GuardAction.Flag, "flagged")]
    [InlineData(GuardAction.Block, GuardAction.Redact, "blocked")]
    public async Task A_guard_may_ask_for_less_than_its_step_does_and_for_more_where_the_step_does_anything(GuardAction step, GuardAction? asked, string told)
    {
        var chain = await RunAsync([new GuardStep { Name = "asked", Action = step, Remote = new WordsAsked("bob") { Asks = asked } }], "bob");
        await chain.ConfirmAsync();
        Assert.Equal($"asked {told} bob 1", chain.Report.Describe());
        Assert.Equal(told == "redacted", chain.Redacts);
    }

    [Fact]
    public async Task An_answers_prompt_is_shown_to_a_remote_guard()
    {
        var remote = new WordsAsked("x");
        GuardedText[] prompt = [new GuardedText(TextSource.User, "why?"u8.ToArray())];
        var chain = new GuardChain(
            [new GuardStep { Name = "asked", Action = GuardAction.Redact, Remote = remote }], [new GuardedText(TextSource.Assistant, "so"u8.ToArray())], new Placeholders(),
            new FakeTimeProvider())
        { Prompt = prompt };
        await chain.RunAsync(TestContext.Current.CancellationToken);
        Assert.Same(prompt, remote.Question!.Prompt);
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

        public RemoteQuestion? Question { get; private set; }

        public GuardAction? Asks { get; init; }

        public bool Fails { get; init; }

        public bool Throws { get; init; }

        public async ValueTask<RemoteVerdict> InspectAsync(RemoteQuestion question, CancellationToken cancel)
        {
            Question = question;
            await Task.Yield();
            if (Throws)
                throw new NotSupportedException();
            if (Fails)
                return RemoteVerdict.Failed("timeout");
            Seen.AddRange(question.Texts.Select(text => Encoding.UTF8.GetString(text.Utf8.Span)));
            var text = Seen[^1];
            return text.IndexOf(word, StringComparison.Ordinal) is var at and >= 0 ? new RemoteVerdict([new TextFinding(0, new Finding(word, at, word.Length))]) { Asks = Asks } : RemoteVerdict.Clean;
        }
    }
}
