using System.Text.Json;
using System.Text.Unicode;

namespace Gateway.Protocol;

/// <summary>Reads an upstream's error body.</summary>
/// <remarks>
/// vLLM's Python server nests an object with a numeric <c>code</c>, its Rust front end one with a string code, its scaling
/// middleware a bare string under <c>error</c>, its router <c>detail</c>; a proxy in between may send anything at all.
/// </remarks>
public static class UpstreamErrorReader
{
    /// <summary>Longest message passed on, in characters: a caller needs a reason, not a page.</summary>
    private const int LongestMessage = 2000;

    public static UpstreamErrorText Read(ReadOnlyMemory<byte> body, int status)
    {
        try
        {
            if (Utf8.IsValid(body.Span))
            {
                using var document = JsonDocument.Parse(body);
                if (ReadRoot(document.RootElement) is { } text)
                    return text;
            }
        }
        catch (JsonException)
        {
            // Not JSON: the status has to do.
        }

        return new UpstreamErrorText($"The upstream answered {status} without saying why.", null, null);
    }

    private static UpstreamErrorText? ReadRoot(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return null;
        if (root.TryGetProperty("error"u8, out var error))
        {
            if (error.ValueKind == JsonValueKind.Object)
                return ReadObject(error);
            if (TextOf(error) is { } text)
                return new UpstreamErrorText(text, null, null);
        }

        foreach (var name in (ReadOnlySpan<string>)["message", "detail"])
        {
            if (root.TryGetProperty(name, out var said) && TextOf(said) is { } text)
                return new UpstreamErrorText(text, null, null);
        }

        return null;
    }

    private static UpstreamErrorText? ReadObject(JsonElement error)
    {
        if (!error.TryGetProperty("message"u8, out var message) || TextOf(message) is not { } text)
            return null;
        var param = error.TryGetProperty("param"u8, out var field) ? TextOf(field) : null;
        int? code = error.TryGetProperty("code"u8, out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var value)
            ? value
            : null;
        return new UpstreamErrorText(text, param, code);
    }

    private static string? TextOf(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return element.GetString() is { Length: > 0 } text ? text[..Math.Min(text.Length, LongestMessage)] : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
