using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Gateway.Routing.Complexity.Training;

namespace Gateway.Bench.Routing.Rows;

/// <summary>Reads a folder of <c>*.jsonl</c> and <c>*.jsonl.gz</c>, one JSON object a line.</summary>
/// <remarks>
/// Needed: <c>messages</c> as in a chat request. For judging: <c>weak_score</c>, <c>strong_score</c>. Optional: <c>id</c>, <c>source</c>,
/// <c>task</c>, <c>group</c>, <c>tools</c>, and <c>alt_weak</c> and <c>alt_strong</c>, objects of other models' scores.
/// </remarks>
public static class LabelledRows
{
    /// <exception cref="FormatException">The folder holds no rows, or a line is none.</exception>
    public static List<LabelledRow> Read(string folder)
    {
        var rows = new List<LabelledRow>();
        foreach (var path in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
        {
            if (path.EndsWith(".jsonl", StringComparison.Ordinal) || path.EndsWith(".jsonl.gz", StringComparison.Ordinal))
                ReadFile(path, rows);
        }

        return rows.Count > 0 ? rows : throw new FormatException($"no *.jsonl or *.jsonl.gz rows in {folder}");
    }

    private static void ReadFile(string path, List<LabelledRow> into)
    {
        using var file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(plain, Encoding.UTF8);
        var source = Path.GetFileName(path).Split('.')[0];
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (text.Length == 0)
                continue;
            try
            {
                using var json = JsonDocument.Parse(text);
                into.Add(RowOf(json.RootElement, source, $"{source}:{line}"));
            }
            catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new FormatException($"{path}:{line}: {error.Message}", error);
            }
        }
    }

    private static LabelledRow RowOf(JsonElement row, string source, string id)
    {
        var messages = row.GetProperty("messages");
        var ask = messages.EnumerateArray().Last(message => message.GetProperty("role").GetString() == "user").GetProperty("content").GetString()!;
        var prompt = new LabelledPrompt
        {
            Id = Text(row, "id") ?? id,
            Source = Text(row, "source") ?? source,
            Group = Text(row, "group") ?? Text(row, "id") ?? id,
            Ask = Encoding.UTF8.GetBytes(ask),
            ToolsJson = row.TryGetProperty("tools", out var tools) ? Encoding.UTF8.GetBytes(tools.GetRawText()) : [],
            Weak = Number(row, "weak_score"),
            Strong = Number(row, "strong_score"),
            OtherWeak = MeanOf(row, "alt_weak"),
            OtherStrong = MeanOf(row, "alt_strong"),
        };
        return new LabelledRow(prompt, Text(row, "task") ?? "", ask, messages.GetArrayLength());
    }

    private static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static double Number(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.GetDouble() : double.NaN;

    private static double? MeanOf(JsonElement row, string name) =>
        row.TryGetProperty(name, out var scores) && scores.ValueKind == JsonValueKind.Object && scores.EnumerateObject().Any()
            ? scores.EnumerateObject().Average(score => score.Value.GetDouble())
            : null;
}
