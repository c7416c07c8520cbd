using System.Buffers;
using System.Text.Json;

namespace Gateway.Cache.Answers;

/// <summary>Reads the value behind a member's name.</summary>
internal static class MemberValue
{
    /// <returns>False when it is neither text nor null.</returns>
    public static bool AddText(ref Utf8JsonReader json, ArrayBufferWriter<byte> text)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
            text.Write(json.ValueSpan);
        else if (json.TokenType != JsonTokenType.Null)
            json.Skip();
        return json.TokenType is JsonTokenType.String or JsonTokenType.Null;
    }

    /// <summary>The value behind a name; null when it holds nothing.</summary>
    public static byte[]? Read(ref Utf8JsonReader json, ReadOnlySpan<byte> payload)
    {
        var holds = Skip(ref json, out var start);
        return holds ? payload[start..(int)json.BytesConsumed].ToArray() : null;
    }

    /// <returns>Whether the value holds anything.</returns>
    public static bool Skip(ref Utf8JsonReader json) => Skip(ref json, out _);

    /// <returns>Whether the value holds anything: not null, not an empty string, list or object.</returns>
    private static bool Skip(ref Utf8JsonReader json, out int start)
    {
        json.Read();
        start = (int)json.TokenStartIndex;
        if (json.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            var ahead = json;
            ahead.Read();
            json.Skip();
            return ahead.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject);
        }

        return json.TokenType != JsonTokenType.Null && !(json.TokenType == JsonTokenType.String && json.ValueSpan.IsEmpty);
    }
}
