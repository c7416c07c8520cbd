using System.IO.Compression;
using System.Text.Json;
using Gateway.Caching.Embedding.Builtin;
using Gateway.Caching.Embedding.Language;

namespace Gateway.Bench.Embedding.Commands;

/// <summary>Counts what languages the asks of files are taken for.</summary>
public sealed class LanguageCommand : IEmbeddingCommand
{
    public string Usage => "FILES... [--foreign]  .jsonl.gz of chat messages, or texts one a line: how many asks of each task are in which language";

    public int Run(string[] args, TextWriter output)
    {
        var counts = new SortedDictionary<string, SortedDictionary<string, int>>(StringComparer.Ordinal);
        var cuts = new Dictionary<string, (int Words, int Pieces)>();
        foreach (var path in args.Where(arg => !arg.StartsWith('-')))
        {
            foreach (var (task, text) in path.EndsWith(".gz", StringComparison.Ordinal) ? Rows(path) : Lines(path))
            {
                var language = Language(text, out var pieces);
                var (words, sum) = cuts.GetValueOrDefault(task);
                cuts[task] = (words + text.Split(' ').Length, sum + pieces);
                if (language != "en" && args.Contains("--foreign"))
                    output.WriteLine($"{language} {task}: {text.ReplaceLineEndings(" ")[..Math.Min(140, text.Length)]}");
                if (!counts.TryGetValue(task, out var languages))
                    counts[task] = languages = new(StringComparer.Ordinal);
                languages[language] = languages.GetValueOrDefault(language) + 1;
            }
        }
        foreach (var (task, languages) in counts)
            output.WriteLine($"{task} ({(double)cuts[task].Pieces / cuts[task].Words:0.00} pieces a word): {string.Join(", ", languages.Select(pair => $"{pair.Key} {pair.Value}"))}");
        return 0;
    }

    // As the gate of the embedders asks.
    private static string Language(string text, out int pieces)
    {
        pieces = BuiltinModel.Tokenizer.Encode(text, new int[text.Length]);
        return AskLanguage.Of(text, pieces) ?? "en";
    }

    private static IEnumerable<(string Task, string Text)> Lines(string path) =>
        File.ReadLines(path).Select(line => (Path.GetFileName(path), line));

    private static IEnumerable<(string Task, string Text)> Rows(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            using var row = JsonDocument.Parse(line);
            var task = row.RootElement.GetProperty("source").GetString()!;
            if (row.RootElement.GetProperty("task").GetString() is { } name && name.StartsWith("mgsm", StringComparison.Ordinal))
                task = name;
            if (row.RootElement.GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString() is { } text)
                yield return (task, text);
        }
    }
}
