using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Gateway.Bench.Load.Commands;
using Gateway.Bench.Load.Report;
using Gateway.Guardrails;
using Gateway.Guardrails.Content;
using Gateway.Guardrails.Injection;
using Gateway.Guardrails.Pii;
using Gateway.Guardrails.Secrets;

namespace Gateway.Bench.Guardrails.Commands;

/// <summary>Times the local guards on prompts of two sizes, alone and together, as a request's chain runs them.</summary>
public sealed class SpeedCommand : IBenchCommand
{
    private static readonly (string Name, int Bytes)[] Sizes = [("2 KB", 2 * 1024), ("400 KB", 400 * 1024)];

    private static readonly (string Name, string Folder, string Pattern)[] Kinds = [("prose", "docs", "*.md"), ("code", "src", "*.cs")];

    public string Usage => "[--seconds N] [--from FOLDER]   time of each local guard and of all together, on the repository's own prose and code";

    public async Task<int> RunAsync(Arguments arguments, TextWriter output)
    {
        var root = arguments.One("--from") ?? ".";
        var seconds = arguments.Number("--seconds", 1);
        ImmutableArray<GuardStep> steps =
        [
            StepOf("secrets", new SecretsGuard(new SecretsSettings())),
            StepOf("pii", new PiiGuard(new PiiSettings())),
            StepOf("injection", new InjectionGuard(new InjectionSettings())),
            StepOf("urls", new UrlGuard(new UrlSettings(["example.com"]))),
            StepOf("blocklist of 1,000", new BlocklistGuard([new BlockedTopic("blocked", [.. Enumerable.Range(0, 1000).Select(Word)])])),
        ];
        await output.WriteLineAsync($"Microseconds a prompt, the mean over 400 KB cut into such prompts, fastest of ten parts of {seconds / 10.0} s. {Machine.Describe(TimeProvider.System)}\n");
        await output.WriteLineAsync("| guard | " + string.Join(" | ", Kinds.SelectMany(kind => Sizes.Select(size => $"{kind.Name}, {size.Name}"))) + " |");
        await output.WriteLineAsync("|---|" + string.Concat(Enumerable.Repeat("---:|", Kinds.Length * Sizes.Length)));
        foreach (var step in steps)
            await WriteAsync(output, step.Name, [step], root, seconds);
        await WriteAsync(output, "secrets, pii and injection", [.. steps.Take(3)], root, seconds);
        await WriteAsync(output, "all", steps, root, seconds);
        return 0;
    }

    private static GuardStep StepOf(string name, IGuard guard) => new() { Name = name, Action = GuardAction.Flag, Local = guard };

    /// <summary>Words that no text holds, of lengths that words have.</summary>
    private static string Word(int i) => $"zq{(char)('a' + (i % 26))}{(char)('a' + (i / 26 % 26))}xv{(char)('a' + (i / 676 % 26))}";

    private static async Task WriteAsync(TextWriter output, string name, ImmutableArray<GuardStep> steps, string root, int seconds)
    {
        await output.WriteAsync($"| {name} |");
        foreach (var (_, folder, pattern) in Kinds)
        {
            foreach (var (_, bytes) in Sizes)
                await output.WriteAsync($" {await TimeAsync(steps, Read(Path.Combine(root, folder), pattern, Sizes[^1].Bytes), bytes, seconds):0.0} |");
        }

        await output.WriteLineAsync();
    }

    /// <summary>The mean over all pieces of this size, one after the other: a piece that is read again and again is read faster than any caller's prompt.</summary>
    private static async ValueTask<double> TimeAsync(ImmutableArray<GuardStep> steps, byte[] text, int size, int seconds)
    {
        var pieces = text.Chunk(size).Select(static piece => (GuardedText[])[new GuardedText(TextSource.User, piece)]).ToArray();
        var best = double.MaxValue;
        for (var part = 0; part < 10; part++)
        {
            var (runs, since) = (0, Stopwatch.GetTimestamp());
            do
            {
                foreach (var texts in pieces)
                {
                    var chain = new GuardChain(steps, texts, new Placeholders(), TimeProvider.System);
                    await chain.RunAsync(CancellationToken.None);
                    if (chain.Report.BlockedBy is not null)
                        throw new InvalidDataException("a guard failed");
                    runs++;
                }
            }
            while (Stopwatch.GetElapsedTime(since).TotalSeconds < seconds / 10.0);

            best = Math.Min(best, Stopwatch.GetElapsedTime(since).TotalMicroseconds / runs);
        }

        return best;
    }

    private static byte[] Read(string folder, string pattern, int bytes)
    {
        var text = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (text.Length >= bytes)
                break;
            text.Append(File.ReadAllText(file));
        }

        // Where there is less, it is said again.
        var utf8 = Encoding.UTF8.GetBytes(text.ToString());
        return [.. Enumerable.Repeat(utf8, (bytes / utf8.Length) + 1).SelectMany(static part => part).Take(bytes)];
    }
}
