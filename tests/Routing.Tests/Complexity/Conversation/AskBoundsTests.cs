using System.Text;
using CsCheck;
using Gateway.Routing.Complexity.Conversation;

namespace Gateway.Routing.Tests.Complexity.Conversation;

public sealed class AskBoundsTests
{
    private static readonly string[] Pieces = ["é", "漢", "🚀", "a", "```", "\n```\n"];

    [Fact]
    public void A_question_stays_as_it_is()
    {
        var ask = "Why?\n```c\n" + new string('x', 1000) + "\n```\n" + new string('y', 2500);
        Assert.Equal((ask, 0), Keep(ask));
    }

    [Fact]
    public void Of_a_long_fenced_block_only_the_beginning_stays()
    {
        var (kept, pasted) = Keep("Why does this fail?\n```log\n" + string.Concat(Enumerable.Repeat("GET / 500\n", 3000)) + "```\nIt worked yesterday.");
        Assert.StartsWith("Why does this fail?\n```log\nGET / 500\n", kept, StringComparison.Ordinal);
        Assert.EndsWith("\n```\nIt worked yesterday.", kept, StringComparison.Ordinal);
        Assert.InRange(kept.Length, AskBounds.BlockHead, AskBounds.BlockHead + 100);
        Assert.InRange(pasted, 29_000, 30_000);
    }

    [Fact]
    public void Two_blocks_leave_what_stands_between_them()
    {
        var block = "```\n" + new string('a', 2000) + "\n```\n";
        var (kept, _) = Keep(block + "compare it with\n" + block + "please");
        Assert.Contains("```\ncompare it with\n```", kept, StringComparison.Ordinal);
        Assert.EndsWith("```\nplease", kept, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fence_that_nothing_closes_hides_no_question()
    {
        var (kept, _) = Keep("```\n" + new string('a', 100_000) + "\nWhat is wrong here?");
        Assert.EndsWith("\nWhat is wrong here?", kept, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_long_text_the_first_and_the_last_part_stay()
    {
        var (kept, pasted) = Keep("Summarise: " + new string('a', 50_000) + " What follows from it?");
        Assert.StartsWith("Summarise: aaa", kept, StringComparison.Ordinal);
        Assert.EndsWith("aaa What follows from it?", kept, StringComparison.Ordinal);
        Assert.InRange(kept.Length, AskBounds.Most - 10, AskBounds.Most);
        Assert.Equal(50_033 - kept.Length, pasted);
    }

    [Fact]
    public void Any_text_stays_utf8_and_within_the_limit() =>
        Gen.Select(Gen.Int[0, 5].Select(i => Pieces[i]), Gen.Int[1, 2000]).Array[1, 12].Sample(runs =>
        {
            var text = string.Concat(runs.Select(run => string.Concat(Enumerable.Repeat(run.Item1, run.Item2))));
            var bytes = Encoding.UTF8.GetBytes(text);
            var whole = bytes.Length;
            var kept = AskBounds.Keep(bytes, out var pasted);
            return System.Text.Unicode.Utf8.IsValid(kept) && kept.Length <= AskBounds.Most && kept.Length + pasted == whole;
        });

    private static (string Kept, int Pasted) Keep(string ask)
    {
        var kept = AskBounds.Keep(Encoding.UTF8.GetBytes(ask), out var pasted);
        return (Encoding.UTF8.GetString(kept), pasted);
    }
}
