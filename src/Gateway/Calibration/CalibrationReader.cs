using System.Text.Json;
using Gateway.Completions.Prompts;
using Gateway.Protocol;
using Gateway.Routing.Complexity;

namespace Gateway.Calibration;

/// <summary>Reads a line of traffic: a labelled prompt, which is scored anew, or a request that this gateway logged, with the score it had.</summary>
/// <remarks>
/// Labelled: <c>{"messages": […], "tools": […], "weak_score": 0, "strong_score": 1}</c>, scores in [0, 1]. Logged: the gateway's own
/// line of a request, as it came out. Anything else is passed over and counted.
/// </remarks>
internal sealed class CalibrationReader(IComplexityScorer scorer)
{
    /// <summary>Generated tokens of a labelled prompt, whose answers are not there to be counted.</summary>
    private const int TypicalCompletion = 300;

    /// <summary>Lines that were passed over.</summary>
    public int Passed { get; private set; }

    public IEnumerable<CalibrationRow> Read(IEnumerable<CalibrationLine> lines)
    {
        foreach (var line in lines)
        {
            if (ReadLine(line.Text) is { } row)
                yield return row;
            else
                Passed++;
        }
    }

    private CalibrationRow? ReadLine(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return null;
            var row = json.RootElement;
            return row.TryGetProperty("weak_score", out var weak) && row.TryGetProperty("strong_score", out var strong)
                ? ReadLabelled(row, Number(weak), Number(strong))
                : ReadLogged(row);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private CalibrationRow? ReadLabelled(JsonElement row, double? weak, double? strong)
    {
        if (weak is not (>= 0 and <= 1) || strong is not (>= 0 and <= 1) || LabelledRequest.BodyOf(row) is not { } body)
            return null;
        if (ChatRequestReader.Read(body, maxDepth: 64).Request is not { } request)
            return null;
        using var reading = new PromptReading(body, request, scorer.ReadsConversation);
        return new CalibrationRow(
            scorer.Score(reading.Prompt).Value, TokenEstimate.OfBody(body.Length), TypicalCompletion, new Quality(weak.Value, strong.Value));
    }

    private static CalibrationRow? ReadLogged(JsonElement row)
    {
        if (!row.TryGetProperty("event", out var name) || name.ValueKind != JsonValueKind.String || name.GetString() != "request")
            return null;
        if (!row.TryGetProperty("complexity", out var score) || Number(score) is not (>= 0 and <= 1))
            return null;
        return new CalibrationRow(Number(score)!.Value, Count(row, "prompt_tokens"), Count(row, "completion_tokens"), null);
    }

    private static double? Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : null;

    private static int Count(JsonElement row, string field) =>
        row.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) ? count : 0;
}
