using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Gateway.Bench.Load.Commands;
using Gateway.Guardrails;
using Gateway.Guardrails.Content;

namespace Gateway.Bench.Guardrails.Content;

/// <summary>What each guard of content takes on ordinary texts, and how often it finds something there.</summary>
public sealed class ContentTimeCommand : IBenchCommand
{
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(1.5);

    private const string Instructions =
        "You are the assistant of a travel agency. Never mention competitors, always offer the spring discount of ten percent, and answer in the language of the customer. ";

    public string Usage => "[--root .] [--rounds 40] [--terms 1000]   time per KB of each guard of content on prose, code and Korean";

    public Task<int> RunAsync(Arguments arguments, TextWriter output)
    {
        var texts = ContentTexts.Read(arguments.One("--root") ?? ".");
        var rounds = arguments.Number("--rounds", 40);
        output.WriteLine($"{Environment.ProcessorCount}-core {RuntimeInformation.ProcessArchitecture} machine, {RuntimeInformation.FrameworkDescription}; pieces of {ContentTexts.PieceBytes} bytes, the fastest of {rounds} rounds");
        output.WriteLine(string.Join(", ", texts.Select(text => $"{text.Name} {text.Bytes / 1024.0:N0} KB")) + "\n");
        output.WriteLine($"| guard | {string.Join(" | ", texts.Select(text => $"{text.Name}, ns per KB | µs per 2 KB | findings per MB"))} |");
        output.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---|---|---|", texts.Length))}");
        foreach (var (name, guard, source) in Guards(texts[0], arguments.Number("--terms", 1000)))
        {
            WarmUp(guard, source, texts);
            output.Write($"| {name} |");
            foreach (var text in texts)
            {
                var (nanoseconds, findings) = Time(guard, source, text, rounds);
                var perKilobyte = nanoseconds * 1024 / text.Bytes;
                output.Write($" {perKilobyte:N0} | {perKilobyte * 2 / 1000:0.00} | {findings * 1048576.0 / text.Bytes:0.0} |");
            }

            output.WriteLine();
        }

        return Task.FromResult(0);
    }

    private static IEnumerable<(string Name, IGuard Guard, TextSource Source)> Guards(ContentTexts prose, int terms)
    {
        yield return ($"block list, {terms:N0} terms that do not occur", new BlocklistGuard([new BlockedTopic("none", [.. ContentTexts.Terms(prose, terms)])]), TextSource.Assistant);
        yield return ("block list, 100,000 terms", new BlocklistGuard([new BlockedTopic("none", [.. Enumerable.Range(0, 100_000).Select(i => $"zq{i * 7919L:x} w{i:x}")])]), TextSource.Assistant);
        yield return ("block list, 20 words that do occur", new BlocklistGuard([new BlockedTopic("some", ["gateway", "request", "stream", "replica", "pool", "answer", "cache", "token", "score", "게이트웨이", "return", "static", "string", "null", "summary", "text", "bytes", "value", "index", "모델"])]), TextSource.Assistant);
        yield return ("addresses, example.com allowed", new UrlGuard(new UrlSettings(["example.com"])), TextSource.Assistant);
        yield return ("languages, English allowed", new LanguageGuard(new LanguageSettings(["en"])), TextSource.Assistant);
        yield return ("leaks, instructions of 700 bytes", Leak(), TextSource.Assistant);
        yield return ("size", new SizeGuard(new SizeSettings(1_000_000)), TextSource.Assistant);
        yield return ("tools, no schema", new ToolGuard(new ToolSettings(["get_*"], [], new Dictionary<string, string>())), TextSource.Assistant);
    }

    private static IGuard Leak()
    {
        IGuard guard = new LeakGuard(new LeakSettings());
        return guard.For([new GuardedText(TextSource.System, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 4).Select(i => $"{i} {Instructions}"))))]);
    }

    /// <summary>Until what runs has been compiled for good.</summary>
    private static void WarmUp(IGuard guard, TextSource source, ContentTexts[] texts)
    {
        for (var from = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(from) < Settled;)
        {
            foreach (var text in texts)
                _ = Time(guard, source, text, 1);
        }
    }

    private static (double Nanoseconds, int Findings) Time(IGuard guard, TextSource source, ContentTexts text, int rounds)
    {
        var (found, best, count) = (new Findings(), double.MaxValue, 0);
        for (var round = 0; round < rounds; round++)
        {
            count = 0;
            var from = Stopwatch.GetTimestamp();
            foreach (var piece in text.Pieces)
            {
                found.Clear();
                guard.Inspect(piece, new Passage(source), found);
                count += found.Count;
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(from).TotalNanoseconds);
        }

        return (best, count);
    }
}
