using System.IO.Compression;
using System.Text.Json;
using Gateway.Bench.Routing.Rows;
using Gateway.Routing.Complexity.Training;

namespace Gateway.Bench.Routing.Cascade;

/// <summary>Reads <c>cascade_logprobs/*.jsonl.gz</c>.</summary>
public static class OptionRows
{
    public static List<OptionRow> Read(string folder)
    {
        var rows = new List<OptionRow>();
        foreach (var path in Directory.GetFiles(folder, "*.jsonl.gz").Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
            while (reader.ReadLine() is { } line)
                rows.Add(RowOf(line));
        }

        return rows;
    }

    private static OptionRow RowOf(string line)
    {
        using var json = JsonDocument.Parse(line);
        var (row, id) = (json.RootElement, json.RootElement.GetProperty("id").GetString()!);
        var prompt = new LabelledPrompt
        {
            Id = id,
            Source = row.GetProperty("source").GetString()!,
            // The same question stands there once for every model.
            Group = id[..id.LastIndexOf(':')],
            Ask = [],
            Weak = row.GetProperty("weak_score").GetDouble(),
            Strong = row.GetProperty("strong_score").GetDouble(),
        };
        var logs = row.GetProperty("weak_logprobs").EnumerateArray().Select(log => log.GetDouble()).OrderDescending().ToArray();
        return new OptionRow(new LabelledRow(prompt, row.GetProperty("task").GetString()!, "", 0), logs, row.GetProperty("weak_choice").GetInt32());
    }
}
