using System.Text.Json;
using Gateway.Completions.Prompts;
using Gateway.Protocol;
using Gateway.Routing.Complexity.Training;

namespace Gateway.Calibration;

/// <summary>Reads a row to train on or to judge by: the prompt as the gateway would read it out of the request, and what both models scored.</summary>
/// <remarks>
/// Needed: <c>messages</c> as in a chat request. To train on: <c>weak_score</c>, <c>strong_score</c>, in [0, 1]. Optional: <c>id</c>,
/// <c>source</c> (absent: the file's name), <c>group</c>, <c>tools</c>, and <c>alt_weak</c> and <c>alt_strong</c>, objects of other models' scores.
/// </remarks>
public static class LabelledPromptReader
{
    /// <summary>The row's prompt, its scores NaN where they are not given; null when the row is no such row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="line">Where it stands, for what it does not say of itself.</param>
    public static LabelledPrompt? Read(JsonElement row, CalibrationLine line)
    {
        if (row.ValueKind != JsonValueKind.Object
            || LabelledRequest.BodyOf(row) is not { } body
            || ChatRequestReader.Read(body, maxDepth: 64).Request is not { } request
            || Score(row, "weak_score") is not { } weak
            || Score(row, "strong_score") is not { } strong)
            return null;
        using var reading = new PromptReading(body, request);
        var file = Path.GetFileName(line.File).Split('.')[0];
        var id = Text(row, "id") ?? $"{file}:{line.Number}";
        return new LabelledPrompt
        {
            Id = id,
            Source = Text(row, "source") ?? file,
            Group = Text(row, "group") ?? id,
            Ask = reading.Prompt.Ask.ToArray(),
            ToolsJson = reading.Prompt.ToolsJson.ToArray(),
            Weak = weak,
            Strong = strong,
            OtherWeak = MeanOf(row, "alt_weak"),
            OtherStrong = MeanOf(row, "alt_strong"),
        };
    }

    /// <summary>All rows with both scores, and how many lines were passed over because they are none.</summary>
    /// <exception cref="IOException">The path cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file named <c>.gz</c> is not gzipped.</exception>
    /// <exception cref="UnauthorizedAccessException">The path may not be read.</exception>
    public static (List<LabelledPrompt> Prompts, int Passed) ReadLabelled(string path)
    {
        var (prompts, passed) = (new List<LabelledPrompt>(), 0);
        foreach (var line in CalibrationLines.Of(path))
        {
            if (Read(line) is { } prompt && !double.IsNaN(prompt.Gain))
                prompts.Add(prompt);
            else
                passed++;
        }

        return (prompts, passed);
    }

    private static LabelledPrompt? Read(CalibrationLine line)
    {
        try
        {
            using var json = JsonDocument.Parse(line.Text);
            return Read(json.RootElement, line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A score in [0, 1]; NaN when it is absent, null when it is something else.</summary>
    private static double? Score(JsonElement row, string name)
    {
        if (!row.TryGetProperty(name, out var value))
            return double.NaN;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var score) && score is >= 0 and <= 1 ? score : null;
    }

    private static double? MeanOf(JsonElement row, string name)
    {
        if (!row.TryGetProperty(name, out var scores) || scores.ValueKind != JsonValueKind.Object)
            return null;
        var numbers = scores.EnumerateObject().Where(score => score.Value.ValueKind == JsonValueKind.Number).ToList();
        return numbers.Count > 0 ? numbers.Average(score => score.Value.GetDouble()) : null;
    }
}
