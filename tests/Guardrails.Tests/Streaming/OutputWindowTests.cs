using System.Text;
using CsCheck;
using Gateway.Guardrails.Streaming;

namespace Gateway.Guardrails.Tests.Streaming;

/// <summary>A text of a stream is released as soon as every guard has come past it, and reads the same wherever it was cut.</summary>
public sealed class OutputWindowTests
{
    private static readonly string[] Pieces = ["12", "3456", "789012", "a", " ", "<<", "<", ">", ">>", "é", "東京", "🙂", "b7", "\n"];

    private static readonly Gen<string> Texts = Gen.Int[0, Pieces.Length - 1].Select(piece => Pieces[piece]).Array[0, 14].Select(string.Concat);

    private static IEnumerable<GuardStep> Guards() =>
    [
        Streamed.Step(new DigitGuard("number", 3, 9)),
        Streamed.Step(new SpanGuard("quote", "<<", ">>")),
        Streamed.Step(new DigitGuard("long", 5), GuardAction.Flag),
    ];

    [Fact]
    public void Wherever_a_text_is_cut_the_same_is_released() => Texts.Sample(text =>
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var whole = Streamed.Of(text, [], Guards());
        for (var cut = 0; cut <= length; cut++)
        {
            var parts = Streamed.Of(text, [cut], Guards());
            Assert.Equal(whole.Text, parts.Text);
            Assert.Equal(whole.Inspection.Report.Describe(), parts.Inspection.Report.Describe());
        }
    });

    [Fact]
    public void However_often_it_is_cut_too() => Gen.Select(Texts, Gen.Int[0, 60].Array[0, 20]).Sample((text, places) =>
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var cuts = places.Select(place => Math.Min(place, length)).Order();
        Assert.Equal(Streamed.Of(text, [], Guards()).Text, Streamed.Of(text, cuts, Guards()).Text);
        Assert.Equal(Streamed.Of(text, [], Guards()).Text, Streamed.Of(text, Enumerable.Range(0, length), Guards()).Text);
    });

    [Fact]
    public Task It_reads_as_a_chain_would_have_it() => Texts.SampleAsync(async text =>
    {
        var chain = new GuardChain([.. Guards()], [new GuardedText(TextSource.Assistant, Encoding.UTF8.GetBytes(text))], new Placeholders(), TimeProvider.System) { Prompt = [] };
        await chain.RunAsync(CancellationToken.None);
        var redacted = new RedactedText(Encoding.UTF8.GetBytes(text), 0);
        foreach (var redaction in chain.Redactions)
            redacted.Redact(redaction.Start, redaction.End, _ => redaction.With);
        Assert.Equal(Encoding.UTF8.GetString(redacted.ToUtf8().Span), Streamed.Of(text, [], Guards()).Text);
    });

    [Fact]
    public void Text_in_which_nothing_is_open_leaves_at_once()
    {
        var stream = new Streamed(Guards());
        foreach (var word in (string[])["Nothing", " is", " open", " here."])
        {
            stream.Add(word);
            Assert.False(stream.Window.Holds);
        }

        Assert.Equal("Nothing is open here.", stream.Text);
    }

    [Fact]
    public void What_is_open_waits_and_what_stands_before_it_does_not()
    {
        var stream = new Streamed(Guards()).Add("call 12");
        Assert.Equal("call ", stream.Text);
        Assert.Equal("call ", stream.Add("34").Text);
        Assert.Equal("call <NUMBER_1>.", stream.Add(".").Text);
    }

    [Fact]
    public void A_finding_is_counted_once() =>
        Assert.Equal("a guard redacted number 1; a guard passed; a guard flagged long 1", Streamed.Of("x 12345 y", Enumerable.Range(0, 9), Guards()).Inspection.Report.Describe());

    [Fact]
    public void A_block_shows_nothing_more()
    {
        var stream = new Streamed([Streamed.Step(new DigitGuard("number", 3), GuardAction.Block, "numbers")]).Add("all fine 12").Add("3 and more");
        Assert.True(stream.Inspection.IsBlocked);
        Assert.Equal("all fine ", stream.Text);
        Assert.Equal("number", stream.Inspection.Report.BlockedFor);
    }

    [Fact]
    public void What_has_grown_too_long_is_judged_as_if_it_ended()
    {
        var stream = new Streamed(Guards(), new WindowLimits(16, TimeSpan.FromSeconds(1))).Add("x <<" + new string('s', 8));
        Assert.Equal("x ", stream.Text);
        Assert.Equal("x <QUOTE_1>", stream.Add(new string('s', 8)).Text);
        Assert.Equal(1, stream.Inspection.Report.Forced);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void What_runs_on_behind_that_is_swallowed_to_its_end(int chunk)
    {
        var text = "x <<" + new string('s', 500) + ">> y";
        var stream = Streamed.Of(text, Enumerable.Range(1, (text.Length - 1) / chunk).Select(i => i * chunk), Guards(), new WindowLimits(16, TimeSpan.FromSeconds(1)));
        Assert.Equal("x <QUOTE_1> y", stream.Text);
        Assert.Equal("a guard passed; a guard redacted quote 1; a guard passed", stream.Inspection.Report.Describe());
        Assert.Equal(0, stream.Inspection.Report.Late);
    }

    [Fact]
    public void What_has_waited_too_long_is_released_and_the_rest_of_it_still_redacted()
    {
        var stream = new Streamed([Streamed.Step(new DigitGuard("number", 4))]).Add("no 12").Expire();
        Assert.Equal("no 12", stream.Text);
        stream.Add("3456 end").End();
        Assert.Equal("no 12<NUMBER_1> end", stream.Text);
    }

    [Fact]
    public void A_finding_of_which_a_part_is_out_is_late()
    {
        var stream = new Streamed([Streamed.Step(new TailGuard())]).Add("secret: ab").Expire().Add("cd!").End();
        Assert.Equal("secret: ab<TAIL_1>!", stream.Text);
        Assert.Equal(1, stream.Inspection.Report.Late);
    }

    [Fact]
    public void A_guard_of_the_whole_is_asked_at_the_end_whatever_the_limits()
    {
        WindowLimits limits = new(4, TimeSpan.FromSeconds(1));
        var asked = 0;
        GuardStep[] steps = [Streamed.Step(new WholeGuard(text => asked++ < 0 || !text.EndsWith('}')), GuardAction.Block), Streamed.Step(new DigitGuard("number", 3))];
        var stream = new Streamed(steps, limits).Add("{\"a\": 1234567").Add(" ").Expire();
        Assert.Equal("", stream.Text);
        Assert.Equal(0, asked);
        Assert.False(stream.Window.CanExpire);
        Assert.Equal("{\"a\": <NUMBER_1> }", stream.Add("}").End().Text);
        Assert.Equal(1, asked);
    }

    [Fact]
    public void A_finding_about_the_whole_text_redacts_all_that_follows()
    {
        var stream = new Streamed([Streamed.Step(new WholeGuard(text => text.Contains("no", StringComparison.Ordinal), needsWhole: false))]);
        Assert.Equal("yes <BAD_1>", stream.Add("yes ").Add("no and").Add(" more").End().Text);
        Assert.Equal("a guard redacted bad 1", stream.Inspection.Report.Describe());
    }

    [Theory]
    [InlineData(true, "fine oops more")]
    [InlineData(false, "fine ")]
    public void A_guard_that_throws_is_open_or_shut_as_its_step_says(bool failsOpen, string shown)
    {
        var stream = new Streamed([Streamed.Step(new ThrowingGuard("oops"), failsOpen: failsOpen)]).Add("fine ").Add("oops").Add(" more").End();
        Assert.Equal(shown, stream.Text);
        Assert.Equal(!failsOpen, stream.Inspection.Report.HasFailedShut);
        Assert.Equal(failsOpen ? "a guard failed open" : "a guard failed shut", stream.Inspection.Report.Describe());
    }

    [Fact]
    public void Only_what_came_to_its_end_has_passed()
    {
        var stream = new Streamed(Guards()).Add("fine");
        Assert.Equal(GuardOutcome.NotRun, stream.Inspection.Report[0]);
        Assert.Equal(GuardOutcome.Passed, stream.End().Inspection.Report[0]);
    }

    [Fact]
    public void A_clean_chunk_allocates_nothing()
    {
        var stream = new AnswerInspection([.. Guards()], [], new Placeholders(), WindowLimits.Default, TimeProvider.System);
        using var window = stream.Open(TextSource.Assistant);
        var fewest = long.MaxValue;
        // The runtime, which compiles anew what runs often, may allocate in one of the rounds.
        for (var round = 0; round < 6; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 2_000; i++)
                Add(window);
            fewest = Math.Min(fewest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, fewest);
        Assert.Equal(12_000 * 6, window.Released);
    }

    [Fact]
    public void The_work_on_a_chunk_does_not_grow_with_the_text()
    {
        var seen = new CountingGuard();
        var stream = new Streamed([Streamed.Step(seen)], WindowLimits.Default);
        for (var i = 0; i < 5_000; i++)
            stream.Add("<<<<<");
        Assert.True(seen.Most <= 1024 + 16 + 64, $"{seen.Most} bytes");
    }

    [Fact]
    public void Many_findings_of_many_steps_take_time_in_proportion()
    {
        var text = string.Concat(Enumerable.Repeat("123 ", 200_000));
        var stream = Streamed.Of(text, [], [Streamed.Step(new DigitGuard("one", 3)), Streamed.Step(new DigitGuard("two", 2)), Streamed.Step(new SpanGuard("three", "3 ", "1"))]);
        Assert.DoesNotContain("123", stream.Text, StringComparison.Ordinal);
    }

    private static void Add(OutputWindow window)
    {
        window.Append(" clean"u8);
        window.Judge();
        window.Forget(window.Released);
    }

    /// <summary>Finds four letters before a mark, and holds back letters; forced, it lets them pass.</summary>
    private sealed class TailGuard : IGuard
    {
        public int Lookbehind => 8;

        public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found)
        {
            var end = text.IndexOf((byte)'!');
            if (end >= 0)
                found.Add("tail", end - 4, 4);
            return passage.IsEnd || end >= 0 ? text.Length : Math.Max(passage.Context, text.Length - 4);
        }
    }

    /// <summary>Holds everything back for as long as it may, and notes the most that it was shown.</summary>
    private sealed class CountingGuard : IGuard
    {
        public int Lookbehind => 16;

        public int Most { get; private set; }

        public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found)
        {
            Most = Math.Max(Most, text.Length);
            return passage.IsEnd ? text.Length : passage.Context;
        }
    }
}
