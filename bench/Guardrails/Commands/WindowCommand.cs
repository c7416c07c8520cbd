using System.Diagnostics;
using System.Text;
using Gateway.Bench.Load.Commands;
using Gateway.Guardrails;
using Gateway.Guardrails.Pii;
using Gateway.Guardrails.Secrets;
using Gateway.Guardrails.Streaming;

namespace Gateway.Bench.Guardrails.Commands;

/// <summary>What a chunk of a streamed answer takes in its window, and how many are held back for a moment because something in them is open.</summary>
public sealed class WindowCommand : IBenchCommand
{
    private const string Prose =
        "The gateway keeps a queue of frames, and each of them leaves as soon as its text is released. In 2024 some 30 pools were served at once; " +
        "a reader who waits for the first word does not wait for the last. See section 4, or write to the team: they answer within a day.\n";

    /// <summary>The guards that are measured; others are a line each.</summary>
    private static readonly (string Name, IGuard[] Guards)[] Sets =
    [
        ("no guard", []),
        ("digits", [new DigitRuns()]),
        ("digits, three times", [new DigitRuns(), new DigitRuns(), new DigitRuns()]),
        ("secrets", [new SecretsGuard(new SecretsSettings())]),
        ("pii", [new PiiGuard(new PiiSettings())]),
        ("pii but e-mail", [new PiiGuard(new PiiSettings { Entities = PiiGuard.Entities.Remove("email") })]),
        ("secrets and pii", [new SecretsGuard(new SecretsSettings()), new PiiGuard(new PiiSettings())]),
    ];

    public string Usage => "[--chunk 5] [--chunks 2000000]   time of a clean chunk in its window, and the share of chunks that are held";

    public Task<int> RunAsync(Arguments arguments, TextWriter output)
    {
        var (size, count) = (arguments.Number("--chunk", 5), arguments.Number("--chunks", 2_000_000));
        output.WriteLine($"{count} chunks of {size} bytes of prose, {Environment.ProcessorCount} cores\n");
        output.WriteLine("| guards | ns a chunk | held | bytes allocated |");
        output.WriteLine("|---|---|---|---|");
        foreach (var (name, guards) in Sets)
            Measure(name, guards, size, count, output);
        return Task.FromResult(0);
    }

    private static void Measure(string name, IGuard[] guards, int size, int count, TextWriter output)
    {
        var text = Encoding.UTF8.GetBytes(Prose);
        var steps = guards.Select(static guard => new GuardStep { Name = "guard", Action = GuardAction.Redact, Local = guard });
        using var window = new AnswerInspection([.. steps], [], new Placeholders(), WindowLimits.Default, TimeProvider.System).Open(TextSource.Assistant);
        Run(window, text, size, count / 10);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var since = Stopwatch.GetTimestamp();
        var held = Run(window, text, size, count);
        var took = Stopwatch.GetElapsedTime(since);
        output.WriteLine($"| {name} | {took.TotalNanoseconds / count:0} | {(double)held / count:0.0 %} | {GC.GetAllocatedBytesForCurrentThread() - allocated} |");
    }

    private static int Run(OutputWindow window, byte[] text, int size, int count)
    {
        var (at, held) = (0, 0);
        for (var i = 0; i < count; i++, at += size)
        {
            at = at + size > text.Length ? 0 : at;
            window.Append(text.AsSpan(at, size));
            window.Judge();
            window.Forget(window.Released);
            held += window.Holds ? 1 : 0;
        }

        return held;
    }

    /// <summary>Finds runs of at least nine digits; open is a run at the end.</summary>
    private sealed class DigitRuns : IGuard
    {
        public int Lookbehind => 16;

        public int Inspect(ReadOnlySpan<byte> text, in Passage passage, Findings found)
        {
            for (var at = passage.Context; at < text.Length; at++)
            {
                var end = at;
                while (end < text.Length && char.IsAsciiDigit((char)text[end]))
                    end++;
                if (end > at && end == text.Length && !passage.IsEnd)
                    return at;
                if (end - at >= 9)
                    found.Add("number", at, end - at);
                at = end;
            }

            return text.Length;
        }
    }
}
