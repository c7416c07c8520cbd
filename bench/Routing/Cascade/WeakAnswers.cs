using System.IO.Compression;
using System.Text.Json;

namespace Gateway.Bench.Routing.Cascade;

/// <summary>Reads <c>weak_answers/*.jsonl.gz</c>: what the small model answered, by row.</summary>
public static class WeakAnswers
{
    public static Dictionary<string, string> Read(string folder)
    {
        var answers = new Dictionary<string, string>();
        foreach (var path in Directory.GetFiles(folder, "*.jsonl.gz").Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
            while (reader.ReadLine() is { } line)
            {
                using var row = JsonDocument.Parse(line);
                answers[row.RootElement.GetProperty("id").GetString()!] = row.RootElement.GetProperty("weak_answer").GetString()!;
            }
        }

        return answers;
    }
}
