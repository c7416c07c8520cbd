using System.Text.Json;

namespace Gateway.Calibration;

/// <summary>A labelled row as the request that a caller would have sent.</summary>
internal static class LabelledRequest
{
    /// <summary>The request's body; null when the row has no <c>messages</c>. Texts stay byte for byte what they are in the row.</summary>
    public static byte[]? BodyOf(JsonElement row)
    {
        if (!row.TryGetProperty("messages", out var messages))
            return null;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("model"u8, "calibrate"u8);
            json.WritePropertyName("messages"u8);
            json.WriteRawValue(messages.GetRawText());
            if (row.TryGetProperty("tools", out var tools) && tools.ValueKind == JsonValueKind.Array)
            {
                json.WritePropertyName("tools"u8);
                json.WriteRawValue(tools.GetRawText());
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
