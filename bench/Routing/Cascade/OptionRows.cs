using System.IO.Compression;
using System.Text.Json;
using Gateway.Bench.Routing.Rows;
using Gateway.Routing.Complexity.Training;

namespace Gateway.Bench.Routing.Cascade;

/// <summary>A multiple-choice answer with the log-probabilities that the small model gave the options.</summary>
/// <param name="Row">Its labels; the prompt's text is not known.</param>
/// <param name="Logs">Log-probabilities, the likeliest first.</param>
/// <param name="Choice">Which option it chose.</param>
public sealed record OptionRow(LabelledRow Row, double[] Logs, int Choice)
{
    /// <summary>As the gateway sees a one-token answer with two alternatives: <c>ConfidenceModel.TokenNames</c>.</summary>
    public double[] TokenFeatures => [Logs[0], Logs[0], Margin, Logs[0] < Math.Log(0.5) ? 1 : 0];

    /// <summary>What all options tell: their log-probabilities, the margin, the entropy, which one was chosen.</summary>
    public double[] OptionFeatures =>
        [.. Logs.Select(log => Math.Max(log, -12)), Margin, Entropy, Math.Log(1.02 - Math.Min(1, Math.Exp(Logs[0]))), .. Enumerable.Range(0, Logs.Length).Select(option => option == Choice ? 1.0 : 0)];

    public double Margin => Math.Exp(Logs[0]) - Math.Exp(Logs[1]);

    public double Entropy => -Logs.Sum(log => Math.Exp(log) * log);
}

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
