using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Gateway.Bench.Load.Commands;
using Gateway.Guardrails;
using Gateway.Guardrails.Pii;

namespace Gateway.Bench.Guardrails.Pii;

/// <summary>What a look for personal data takes: on prose and code of a folder, in a stream's window, and on hostile texts.</summary>
public sealed class PiiTimeCommand : IBenchCommand
{
    private const int Rounds = 41;

    private readonly PiiGuard _guard = new(new PiiSettings());
    private readonly Findings _found = new();

    public string Usage => "[--folder .]: time of the PII guard on the folder's prose (*.md) and code (*.cs), in a window, and on hostile texts of 10 MB";

    public async Task<int> RunAsync(Arguments arguments, TextWriter output)
    {
        var folder = arguments.One("--folder") ?? ".";
        await output.WriteLineAsync($"{Environment.ProcessorCount}-core {RuntimeInformation.ProcessArchitecture} machine, {RuntimeInformation.FrameworkDescription}; all entities, region US\n");
        await output.WriteLineAsync("| text | 2 KB | findings | 400 KB | findings |\n|---|---|---|---|---|");
        foreach (var (name, pattern) in new[] { ("prose", "*.md"), ("code", "*.cs") })
        {
            var text = Gather(folder, pattern, 400_000);
            // Until the runtime has compiled what runs often.
            for (var i = 0; i < 10 * Rounds; i++)
                Look(text);
            var small = 0d;
            var smallFound = 0;
            var slices = Math.Max(1, text.Length / 2048);
            for (var i = 0; i < slices; i += 4)
            {
                var slice = text.AsMemory(i * 2048, Math.Min(2048, text.Length - i * 2048));
                small += Median(() => Look(slice.Span), 9, repeats: 16);
                smallFound += _found.Count;
            }

            var large = Median(() => Look(text), Rounds, repeats: 1);
            await output.WriteLineAsync($"| {name} ({text.Length:N0} B) | {small / ((slices + 3) / 4):F2} µs | {smallFound} | {large / 1000:F3} ms | {_found.Count} |");
        }

        await output.WriteLineAsync();
        var window = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("The quick brown fox jumps over the lazy dog, and then it sleeps. ", 6)))[..305];
        var passage = new Passage(TextSource.Assistant, Context: 300, IsEnd: false);
        await output.WriteLineAsync($"a window of 300 + 5 bytes: {Median(() => { _found.Clear(); _guard.Inspect(window, passage, _found); }, Rounds, 1000):F3} µs\n");
        await output.WriteLineAsync("| hostile, 10 MB of | ms | findings |\n|---|---|---|");
        foreach (var unit in new[] { "@", "1", "1.", "1 ", "12 ", "DE", "DE89 ", "\u200B", "a\u200B", "a@", "a.b@c.", "+1 234 ", "201-555-0123 ", "0x", ":", "ab:", "4111 ", "a ", "한", "🙂", "1,", "(", "März 1 " })
        {
            var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(unit, 10_000_000 / Encoding.UTF8.GetByteCount(unit))));
            var since = Stopwatch.GetTimestamp();
            Look(text);
            await output.WriteLineAsync($"| `{unit}` | {Stopwatch.GetElapsedTime(since).TotalMilliseconds:F0} | {_found.Count} |");
        }

        return 0;
    }

    /// <summary>The folder's files of one kind, one after the other, without what is built.</summary>
    internal static byte[] Gather(string folder, string pattern, int most)
    {
        using var text = new MemoryStream();
        foreach (var path in Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (path.Contains("/obj/", StringComparison.Ordinal) || path.Contains("/bin/", StringComparison.Ordinal) || path.Contains("/Pii", StringComparison.Ordinal))
                continue;
            text.Write(File.ReadAllBytes(path));
            if (text.Length >= most)
                break;
        }

        return text.ToArray()[..(int)Math.Min(most, text.Length)];
    }

    private void Look(ReadOnlySpan<byte> text)
    {
        _found.Clear();
        _guard.Inspect(text, new Passage(TextSource.User), _found);
    }

    /// <summary>The median time of an action in microseconds.</summary>
    private static double Median(Action action, int rounds, int repeats)
    {
        var times = new double[rounds];
        for (var i = 0; i < rounds; i++)
        {
            var since = Stopwatch.GetTimestamp();
            for (var j = 0; j < repeats; j++)
                action();
            times[i] = Stopwatch.GetElapsedTime(since).TotalMicroseconds / repeats;
        }

        Array.Sort(times);
        return times[rounds / 2];
    }
}
