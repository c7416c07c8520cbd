using System.Text.Json;

namespace Gateway.Tests.Malformed;

/// <summary>Whether an error body is one that OpenAI's clients understand.</summary>
internal static class ErrorShape
{
    /// <summary>Says what is wrong with an error of the gateway's own: exactly message, type, param and code, as OpenAI sends them.</summary>
    /// <returns>The complaint; null when there is none.</returns>
    public static string? FaultOf(ReadOnlyMemory<byte> body) => Judge(body, static error =>
        !error.EnumerateObject().Select(member => member.Name).SequenceEqual(["message", "type", "param", "code"]) ? "its members are others"
        : error.GetProperty("code") is not { ValueKind: JsonValueKind.String } code || code.GetString() is "" ? "its code is not a word"
        : null);

    /// <summary>As <see cref="FaultOf"/> for an error that the upstream may have written: vLLM's code is a number, its router says only <c>detail</c>.</summary>
    public static string? FaultOfPassed(ReadOnlyMemory<byte> body) =>
        body.Span.SequenceEqual("{\"detail\":\"Not Found\"}"u8) ? null : Judge(body, static error => error.TryGetProperty("code", out _) ? null : "it has no code");

    private static string? Judge(ReadOnlyMemory<byte> body, Func<JsonElement, string?> members)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root || root.EnumerateObject().Count() != 1
                || !root.TryGetProperty("error", out var error) || error.ValueKind != JsonValueKind.Object)
                return "it is not {\"error\":{…}}";
            return IsWord(error, "message") && IsWord(error, "type") && IsParam(error) ? members(error) : "message, type or param is missing or empty";
        }
        catch (JsonException e)
        {
            return $"it is not JSON: {e.Message}";
        }
    }

    private static bool IsWord(JsonElement error, string name) =>
        error.TryGetProperty(name, out var word) && word.ValueKind == JsonValueKind.String && word.GetString() is not "";

    private static bool IsParam(JsonElement error) =>
        error.TryGetProperty("param", out var param) && param.ValueKind is JsonValueKind.String or JsonValueKind.Null;
}
