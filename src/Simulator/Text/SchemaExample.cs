using System.Text.Json;

namespace Gateway.Simulator.Text;

/// <summary>A JSON value that fits a JSON schema, for tool arguments and structured answers. Simple schemas only; anything else becomes a string.</summary>
internal static class SchemaExample
{
    private const int MaxDepth = 8;

    public static byte[] Write(JsonElement schema)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) Value(writer, schema, 0);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Value(Utf8JsonWriter writer, JsonElement schema, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > MaxDepth)
        {
            writer.WriteStringValue("example");
            return;
        }
        if (schema.TryGetProperty("const", out var constant)) constant.WriteTo(writer);
        else if (schema.TryGetProperty("enum", out var choices) && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0)
            choices[0].WriteTo(writer);
        else Typed(writer, schema, TypeOf(schema), depth);
    }

    private static void Typed(Utf8JsonWriter writer, JsonElement schema, string? type, int depth)
    {
        switch (type)
        {
            case "object":
                writer.WriteStartObject();
                if (schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
                {
                    foreach (var property in properties.EnumerateObject())
                    {
                        writer.WritePropertyName(property.Name);
                        Value(writer, property.Value, depth + 1);
                    }
                }
                writer.WriteEndObject();
                break;
            case "array":
                writer.WriteStartArray();
                if (schema.TryGetProperty("items", out var items)) Value(writer, items, depth + 1);
                writer.WriteEndArray();
                break;
            case "integer" or "number": writer.WriteNumberValue(42); break;
            case "boolean": writer.WriteBooleanValue(true); break;
            case "null": writer.WriteNullValue(); break;
            default: writer.WriteStringValue("example"); break;
        }
    }

    private static string? TypeOf(JsonElement schema)
    {
        if (!schema.TryGetProperty("type", out var type)) return schema.TryGetProperty("properties", out _) ? "object" : null;
        if (type.ValueKind == JsonValueKind.Array && type.GetArrayLength() > 0) type = type[0];
        return type.ValueKind == JsonValueKind.String ? type.GetString() : null;
    }
}
