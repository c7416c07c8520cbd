using System.Text;
using System.Text.Json;
using Gateway.Calibration;

namespace Gateway.Bench.Routing.Rows;

/// <summary>Reads labelled prompts as <c>gateway train</c> does, and what only a judge wants to know of them.</summary>
/// <remarks>
/// Optional beside what <see cref="LabelledPromptReader"/> reads: <c>task</c>. The ask is the last user message as it stands: a public
/// benchmark's question has no harness around it, and an artefact that was trained on these rows stays the same to the byte.
/// </remarks>
public static class LabelledRows
{
    /// <exception cref="FormatException">The path holds no rows, or a line is none.</exception>
    public static List<LabelledRow> Read(string path)
    {
        var rows = CalibrationLines.Of(path).Select(RowOf).ToList();
        return rows.Count > 0 ? rows : throw new FormatException($"no rows in {path}");
    }

    private static LabelledRow RowOf(CalibrationLine line)
    {
        try
        {
            using var json = JsonDocument.Parse(line.Text);
            var row = json.RootElement;
            var prompt = LabelledPromptReader.Read(row, line) ?? throw new FormatException($"{line.File}:{line.Number}: no labelled prompt");
            var messages = row.GetProperty("messages");
            var ask = messages.EnumerateArray().Last(message => message.GetProperty("role").GetString() == "user").GetProperty("content").GetString()!;
            var task = row.TryGetProperty("task", out var named) ? named.GetString()! : "";
            return new LabelledRow(prompt with { Ask = Encoding.UTF8.GetBytes(ask) }, task, ask, messages.GetArrayLength());
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new FormatException($"{line.File}:{line.Number}: {error.Message}", error);
        }
    }
}
