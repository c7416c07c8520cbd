using System.Text;
using System.Text.Json;

namespace Gateway.Tests.Running;

/// <summary>A stream as a careful client reads it: payloads, comments, and how it ended.</summary>
internal sealed record Events(IReadOnlyList<string> Payloads, IReadOnlyList<string> Comments, bool IsCut)
{
    public bool IsDone => Payloads.Count > 0 && Payloads[^1] == "[DONE]";

    public JsonElement? Error => Chunks.Where(chunk => chunk.TryGetProperty("error", out _)).Select(chunk => (JsonElement?)chunk.GetProperty("error")).FirstOrDefault();

    public IEnumerable<JsonElement> Chunks => Payloads.Where(payload => payload != "[DONE]").Select(payload => JsonDocument.Parse(payload).RootElement);

    public string Text => string.Concat(Choices.Select(choice => choice.GetProperty("delta").TryGetProperty("content", out var text) ? text.GetString() : ""));

    public IReadOnlyList<string> FinishReasons =>
        [.. Choices.Select(choice => choice.GetProperty("finish_reason").GetString()).OfType<string>()];

    private IEnumerable<JsonElement> Choices => Chunks.Where(chunk => chunk.TryGetProperty("choices", out _)).SelectMany(chunk => chunk.GetProperty("choices").EnumerateArray());

    public static async Task<Events> ReadAsync(HttpResponseMessage response)
    {
        var (text, isCut) = (new StringBuilder(), false);
        try
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(), Encoding.UTF8);
            var buffer = new char[4096];
            while (await reader.ReadAsync(buffer) is var read and > 0)
                text.Append(buffer, 0, read);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            isCut = true;
        }

        var lines = text.ToString().Split('\n');
        return new Events(
            [.. lines.Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => line[6..])],
            [.. lines.Where(line => line.StartsWith(':'))],
            isCut);
    }
}
