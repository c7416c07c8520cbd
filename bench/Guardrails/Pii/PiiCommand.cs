using System.Text;
using Gateway.Bench.Load.Commands;
using Gateway.Guardrails;
using Gateway.Guardrails.Pii;

namespace Gateway.Bench.Guardrails.Pii;

/// <summary>How much of what is personal data is found, and how much of what is found is: by kind, on texts that are made up, and on a folder.</summary>
public sealed class PiiCommand : IBenchCommand
{
    private static readonly string[] Sentences =
    [
        "Please note my {0}: {1}.", "{0} {1}", "Update the {0} to {1} before Friday, thanks.", "{{\"{0}\":\"{1}\"}}", "{0}={1}; status=ok", "Hi, the {0} of the customer is {1}, as agreed.",
        "name,{1},{0}", "I think {1} is what you need.",
    ];

    public string Usage => "[--folder .] [--each 500]: precision, recall and F1 by kind, and false alarms per MB of the folder's prose and code";

    public async Task<int> RunAsync(Arguments arguments, TextWriter output)
    {
        var made = new MadeUp(seed: 1);
        var guard = new PiiGuard(new PiiSettings { Regions = ["US", "KR"] });
        var counts = new SortedDictionary<string, (int Right, int Wrong, int Missed)>(StringComparer.Ordinal);
        foreach (var (label, (cue, make)) in made.Kinds)
        {
            for (var i = 0; i < arguments.Number("--each", 500); i++)
            {
                var value = make();
                var text = string.Format(null, made.Pick(Sentences), cue, value) + " Ref " + made.Decoy() + ".";
                Count(counts, label, Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(value), guard);
            }
        }

        await output.WriteLineAsync("| kind | right | wrong | missed | precision | recall | F1 |\n|---|---|---|---|---|---|---|");
        foreach (var (label, (right, wrong, missed)) in counts)
        {
            var (precision, recall) = (right / (double)Math.Max(1, right + wrong), right / (double)Math.Max(1, right + missed));
            await output.WriteLineAsync($"| {label} | {right} | {wrong} | {missed} | {precision:F3} | {recall:F3} | {2 * precision * recall / Math.Max(1e-9, precision + recall):F3} |");
        }

        await output.WriteLineAsync();
        foreach (var pattern in new[] { "*.md", "*.cs" })
        {
            var text = PiiTimeCommand.Gather(arguments.One("--folder") ?? ".", pattern, 20_000_000);
            var found = new Findings();
            guard.Inspect(text, new Passage(TextSource.User), found);
            var labels = found.All.ToArray().CountBy(static one => one.Label).Select(static one => $"{one.Key} {one.Value}");
            await output.WriteLineAsync($"{pattern}: {text.Length / 1e6:F2} MB, {found.Count / (text.Length / 1e6):F1} findings per MB ({string.Join(", ", labels)})");
        }

        return 0;
    }

    private static void Count(SortedDictionary<string, (int Right, int Wrong, int Missed)> counts, string label, byte[] text, byte[] value, PiiGuard guard)
    {
        var found = new Findings();
        guard.Inspect(text, new Passage(TextSource.User), found);
        var start = text.AsSpan().IndexOf(value);
        var isRight = false;
        foreach (var one in found.All)
        {
            var fits = one.Label == label && one.Start == start && one.Length == value.Length;
            isRight |= fits;
            if (!fits)
                counts[one.Label] = counts.GetValueOrDefault(one.Label) with { Wrong = counts.GetValueOrDefault(one.Label).Wrong + 1 };
        }

        var known = counts.GetValueOrDefault(label);
        counts[label] = isRight ? known with { Right = known.Right + 1 } : known with { Missed = known.Missed + 1 };
    }
}
