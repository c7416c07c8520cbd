using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Gateway.Learning.Shadows;

/// <summary>What an answer says: the text of its first choice, or the tool calls as JSON.</summary>
internal static class AnswerText
{
    /// <returns>Null when the bytes are no answer, or say nothing.</returns>
    public static string? Of(ReadOnlyMemory<byte> answer, bool isStream)
    {
        var text = new StringBuilder();
        var calls = new SortedDictionary<int, (string Name, StringBuilder Arguments)>();
        try
        {
            if (isStream)
                ReadFrames(answer, text, calls);
            else
                ReadPart(answer, "message", text, calls);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }

        if (calls.Count > 0)
            return "[" + string.Join(',', calls.Values.Select(call => $"{{\"name\":{JsonSerializer.Serialize(call.Name)},\"arguments\":{Arguments(call.Arguments)}}}")) + "]";
        return text.Length > 0 ? text.ToString() : null;
    }

    private static void ReadFrames(ReadOnlyMemory<byte> frames, StringBuilder text, SortedDictionary<int, (string, StringBuilder)> calls)
    {
        var rest = frames;
        while (!rest.IsEmpty)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line.Span.StartsWith("data: {"u8))
                ReadPart(line["data: ".Length..], "delta", text, calls);
        }
    }

    private static void ReadPart(ReadOnlyMemory<byte> json, string member, StringBuilder text, SortedDictionary<int, (string Name, StringBuilder Arguments)> calls)
    {
        using var document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty("choices", out var choices) || choices.GetArrayLength() == 0 || !choices[0].TryGetProperty(member, out var message))
            return;
        if (message.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String)
            text.Append(content.GetString());
        if (!message.TryGetProperty("tool_calls", out var parts) || parts.ValueKind != JsonValueKind.Array)
            return;
        var place = 0;
        foreach (var part in parts.EnumerateArray())
        {
            var index = part.TryGetProperty("index", out var given) ? given.GetInt32() : place;
            place++;
            if (!part.TryGetProperty("function", out var function))
                continue;
            if (!calls.TryGetValue(index, out var call))
                call = ("", new StringBuilder());
            if (function.TryGetProperty("name", out var name) && name.GetString() is { Length: > 0 } known)
                call.Name = known;
            if (function.TryGetProperty("arguments", out var arguments))
                call.Arguments.Append(arguments.GetString());
            calls[index] = call;
        }
    }

    /// <summary>The arguments as the JSON they should be, so that spaces and the order of members make no difference; else as text.</summary>
    private static string Arguments(StringBuilder arguments)
    {
        var text = arguments.ToString();
        try
        {
            using var document = JsonDocument.Parse(text);
            var buffer = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(buffer))
                document.RootElement.WriteTo(json);
            return Encoding.UTF8.GetString(buffer.WrittenSpan);
        }
        catch (JsonException)
        {
            return JsonSerializer.Serialize(text);
        }
    }
}
