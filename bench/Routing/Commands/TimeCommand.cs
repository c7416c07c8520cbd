using System.Diagnostics;
using System.Text;
using Gateway.Bench.Load.Commands;
using Gateway.Routing.Complexity;

namespace Gateway.Bench.Routing.Commands;

/// <summary>What scoring costs: time and memory a prompt.</summary>
public sealed class TimeCommand : IBenchCommand
{
    private const int Warmup = 2000;

    private static readonly int[] Sizes = [60, 500, 4_000, 400_000];

    public string Usage => "[--artefact FILE] [--rounds N]    time and bytes allocated a prompt, at 60 to 400,000 characters";

    public int Run(Arguments arguments, TextWriter output)
    {
        var scorer = new LearnedScorer(Artefacts.Load(arguments.One("--artefact")));
        var rounds = arguments.Number("--rounds", 20_000);
        output.WriteLine($"{Machine.Describe()}; {rounds} prompts a size.\n\n| characters | p50, µs | p99, µs | allocated, bytes |\n| --- | --- | --- | --- |");
        foreach (var size in Sizes)
        {
            var asks = Asks(size);
            Measure(scorer, asks, Warmup);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var times = Measure(scorer, asks, rounds);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before - (rounds * sizeof(long)) - 24;
            Array.Sort(times);
            output.WriteLine($"| {size:N0} | {Micro(times[rounds / 2]):0.0} | {Micro(times[rounds * 99 / 100]):0.0} | {Math.Max(0, allocated) / rounds} |");
        }

        return 0;
    }

    private static long[] Measure(LearnedScorer scorer, byte[][] asks, int rounds)
    {
        var times = new long[rounds];
        for (var i = 0; i < rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            scorer.Score(new Prompt { Ask = asks[i % asks.Length], UserTurns = 1 });
            times[i] = Stopwatch.GetTimestamp() - start;
        }

        return times;
    }

    /// <summary>Texts of English-like words, all different, so that no branch is learned by heart.</summary>
    private static byte[][] Asks(int size)
    {
        string[] words =
        [
            "the", "of", "which", "function", "returns", "number", "is", "given", "a", "list", "prime", "people", "between", "42", "explain",
            "reaction", "court", "equation", "x^2", "market", "cell", "and", "energy,", "write", "program.", "why", "(see", "below)", "first",
        ];
        var chance = new Random(size);
        var asks = new byte[size > 10_000 ? 4 : 64][];
        for (var i = 0; i < asks.Length; i++)
        {
            var text = new StringBuilder();
            while (text.Length < size)
                text.Append(words[chance.Next(words.Length)]).Append(chance.Next(12) == 0 ? '\n' : ' ');
            asks[i] = Encoding.UTF8.GetBytes(text.ToString(0, size));
        }

        return asks;
    }

    private static double Micro(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
