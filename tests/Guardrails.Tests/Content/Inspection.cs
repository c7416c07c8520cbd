using System.Text;
using CsCheck;

namespace Gateway.Guardrails.Tests.Content;

/// <summary>What the tests of content guards ask of each of them.</summary>
internal static class Inspection
{
    /// <summary>The pieces of a text that a guard finds, each with its label.</summary>
    public static string[] Of(IGuard guard, string text, TextSource source = TextSource.Assistant, string? tool = null)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [.. WindowedInspection.Whole(guard, bytes, source, tool).Select(of => $"{of.Label}: {Encoding.UTF8.GetString(bytes.AsSpan(of.Start, of.Length))}")];
    }

    /// <summary>Asserts that a guard finds the same whether it sees a text as a whole, in any two pieces, or byte by byte.</summary>
    public static void IsTheSameWhereverItIsCut(IGuard guard, string text, TextSource source = TextSource.Assistant, string? tool = null)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var whole = Joined(WindowedInspection.Whole(guard, bytes, source, tool));
        for (var cut = 0; cut <= bytes.Length; cut++)
            Same(whole, Joined(WindowedInspection.Run(guard, bytes, [cut], source, tool).Findings), text, $"cut at {cut}");
        Same(whole, Joined(WindowedInspection.Run(guard, bytes, Enumerable.Range(0, bytes.Length), source, tool).Findings), text, "byte by byte");
    }

    /// <summary>The same for texts made of some pieces, at random cuts.</summary>
    public static void IsTheSameForAnyTextOf(IGuard guard, params string[] pieces)
    {
        var texts = Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]).Array[1, 14].Select(parts => string.Concat(parts));
        Gen.Select(texts, Gen.Int[1, 9].Array[0, 60]).Sample((text, steps) =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var whole = Joined(WindowedInspection.Whole(guard, bytes));
            var (cuts, at) = (new List<int>(), 0);
            foreach (var step in steps)
            {
                if ((at += step) < bytes.Length)
                    cuts.Add(at);
            }

            Same(whole, Joined(WindowedInspection.Run(guard, bytes, cuts).Findings), text, $"cut at {string.Join(' ', cuts)}");
        }, iter: 3000);
    }

    /// <summary>Asserts that a guard finds nothing in a text and allocates nothing.</summary>
    public static void AllocatesNothing(IGuard guard, string text)
    {
        var (bytes, found, passage) = (Encoding.UTF8.GetBytes(text), new Findings(), new Passage(TextSource.Assistant));
        guard.Inspect(bytes, passage, found);
        var before = GC.GetAllocatedBytesForCurrentThread();
        guard.Inspect(bytes, passage, found);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(0, found.Count);
    }

    /// <summary>Findings side by side are one: those that come piece by piece.</summary>
    private static List<Finding> Joined(IReadOnlyList<Finding> findings)
    {
        var joined = new List<Finding>();
        foreach (var finding in findings)
        {
            if (joined is [.., var last] && last.Label == finding.Label && last.End == finding.Start)
                joined[^1] = last with { Length = last.Length + finding.Length };
            else
                joined.Add(finding);
        }

        return joined;
    }

    private static void Same(List<Finding> whole, List<Finding> cut, string text, string how) =>
        Assert.True(whole.SequenceEqual(cut), $"\"{text}\" {how}: [{string.Join(", ", cut)}], as a whole [{string.Join(", ", whole)}]");
}
