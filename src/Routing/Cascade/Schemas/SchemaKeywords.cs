using System.Text.Json;

namespace Gateway.Routing.Cascade.Schemas;

/// <summary>The keywords that speak about one value alone.</summary>
internal static class SchemaKeywords
{
    /// <summary>Whether the value is of the schema's type, or of one of them; a type that JSON schema does not know fits everything.</summary>
    public static bool HasType(JsonElement schema, JsonElement value)
    {
        if (!schema.TryGetProperty("type"u8, out var type))
            return true;
        if (type.ValueKind != JsonValueKind.Array)
            return type.ValueKind != JsonValueKind.String || IsOf(type, value);
        foreach (var one in type.EnumerateArray())
        {
            if (one.ValueKind != JsonValueKind.String || IsOf(one, value))
                return true;
        }

        return type.GetArrayLength() == 0;
    }

    /// <summary>Whether <c>enum</c> and <c>const</c> allow the value.</summary>
    public static bool IsAllowed(JsonElement schema, JsonElement value)
    {
        if (schema.TryGetProperty("const"u8, out var only) && !JsonElement.DeepEquals(only, value))
            return false;
        if (!schema.TryGetProperty("enum"u8, out var values) || values.ValueKind != JsonValueKind.Array)
            return true;
        foreach (var allowed in values.EnumerateArray())
        {
            if (JsonElement.DeepEquals(allowed, value))
                return true;
        }

        return false;
    }

    /// <summary>Whether a number, a string's length or a list's length keeps to its bounds.</summary>
    public static bool IsWithinBounds(JsonElement schema, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDouble(out var number) =>
            !(Bound(schema, "minimum"u8) > number) && !(Bound(schema, "maximum"u8) < number)
            && !(Bound(schema, "exclusiveMinimum"u8) >= number) && !(Bound(schema, "exclusiveMaximum"u8) <= number),
        JsonValueKind.String when SchemaText.Of(value) is { } text => HasLength(schema, text.Length, "minLength"u8, "maxLength"u8),
        JsonValueKind.Array => HasLength(schema, value.GetArrayLength(), "minItems"u8, "maxItems"u8),
        _ => true,
    };

    private static bool HasLength(JsonElement schema, int length, ReadOnlySpan<byte> least, ReadOnlySpan<byte> most) =>
        !(Bound(schema, least) > length) && !(Bound(schema, most) < length);

    private static double? Bound(JsonElement schema, ReadOnlySpan<byte> keyword) =>
        schema.TryGetProperty(keyword, out var bound) && bound.ValueKind == JsonValueKind.Number && bound.TryGetDouble(out var number) ? number : null;

    private static bool IsOf(JsonElement type, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => !Known(type) || type.ValueEquals("object"u8),
        JsonValueKind.Array => !Known(type) || type.ValueEquals("array"u8),
        JsonValueKind.String => !Known(type) || type.ValueEquals("string"u8),
        JsonValueKind.True or JsonValueKind.False => !Known(type) || type.ValueEquals("boolean"u8),
        JsonValueKind.Null => !Known(type) || type.ValueEquals("null"u8),
        JsonValueKind.Number => !Known(type) || type.ValueEquals("number"u8) || (type.ValueEquals("integer"u8) && IsWhole(value)),
        _ => true,
    };

    private static bool Known(JsonElement type) =>
        type.ValueEquals("object"u8) || type.ValueEquals("array"u8) || type.ValueEquals("string"u8) || type.ValueEquals("boolean"u8)
        || type.ValueEquals("null"u8) || type.ValueEquals("number"u8) || type.ValueEquals("integer"u8);

    /// <summary>By the specification 1.0 is an integer too.</summary>
    private static bool IsWhole(JsonElement value) =>
        value.TryGetInt64(out _) || (value.TryGetDouble(out var number) && Math.Floor(number) == number);
}
