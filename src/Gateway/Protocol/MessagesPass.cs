using System.Text.Json;

namespace Gateway.Protocol;

/// <summary>Reads the <c>messages</c> array into turns.</summary>
internal static class MessagesPass
{
    public static ApiError? Read(ref Utf8JsonReader json, List<Turn> turns)
    {
        if (json.TokenType != JsonTokenType.StartArray)
            return Invalid("The field 'messages' must be an array of messages.", "messages");
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.StartObject)
                return Invalid($"messages[{turns.Count}] must be an object.", $"messages[{turns.Count}]");
            if (ReadMessage(ref json, turns) is { } error)
                return error;
        }

        return null;
    }

    private static ApiError? ReadMessage(ref Utf8JsonReader json, List<Turn> turns)
    {
        TurnRole? role = null;
        var (hasContent, content, calls) = (false, default(Content), default(ByteRange));
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.Is(ref json, "role"u8))
            {
                json.Read();
                if (role is not null || json.TokenType != JsonTokenType.String)
                    return Invalid($"messages[{turns.Count}].role must be given once, as a string.", $"messages[{turns.Count}].role");
                role = RoleOf(ref json);
            }
            else if (JsonText.Is(ref json, "content"u8))
            {
                json.Read();
                if (hasContent || !Content.TryRead(ref json, out content))
                {
                    return Invalid(
                        $"messages[{turns.Count}].content must be given once, as a string, null or an array of parts that are objects with a type.",
                        $"messages[{turns.Count}].content");
                }

                hasContent = true;
            }
            else
            {
                var isCalls = JsonText.Is(ref json, "tool_calls"u8);
                json.Read();
                var start = (int)json.TokenStartIndex;
                json.Skip();
                calls = isCalls ? new ByteRange(start, (int)json.BytesConsumed - start) : calls;
            }
        }

        if (role is not { } known)
            return Invalid($"messages[{turns.Count}].role is required.", $"messages[{turns.Count}].role");
        turns.Add(new Turn(known, content.Range, content.TextBytes, content.Attachments, calls));
        return null;
    }

    private static TurnRole RoleOf(ref Utf8JsonReader json) =>
        JsonText.Is(ref json, "user"u8) ? TurnRole.User
        : JsonText.Is(ref json, "assistant"u8) ? TurnRole.Assistant
        : JsonText.Is(ref json, "tool"u8) || JsonText.Is(ref json, "function"u8) ? TurnRole.Tool
        : JsonText.Is(ref json, "system"u8) || JsonText.Is(ref json, "developer"u8) ? TurnRole.System
        : TurnRole.Other;

    private static ApiError Invalid(string message, string param) => ApiError.BadRequest("invalid_messages", message, param);

    private struct Content
    {
        public ByteRange Range;
        public int TextBytes;
        public int Attachments;

        public static bool TryRead(ref Utf8JsonReader json, out Content content)
        {
            content = default;
            var start = (int)json.TokenStartIndex;
            switch (json.TokenType)
            {
                case JsonTokenType.Null:
                    return true;
                case JsonTokenType.String:
                    content.TextBytes = json.ValueSpan.Length;
                    break;
                case JsonTokenType.StartArray:
                    while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                    {
                        if (json.TokenType != JsonTokenType.StartObject || !content.ReadPart(ref json))
                            return false;
                    }

                    break;
                default:
                    return false;
            }

            content.Range = new ByteRange(start, (int)json.BytesConsumed - start);
            return true;
        }

        private bool ReadPart(ref Utf8JsonReader json)
        {
            var (hasType, isText, text) = (false, false, 0);
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isTypeField = JsonText.Is(ref json, "type"u8);
                var isTextField = JsonText.Is(ref json, "text"u8);
                json.Read();
                if (isTypeField)
                {
                    if (json.TokenType != JsonTokenType.String)
                        return false;
                    hasType = true;
                    isText = JsonText.Is(ref json, "text"u8);
                }
                else if (isTextField && json.TokenType == JsonTokenType.String)
                {
                    text = json.ValueSpan.Length;
                }

                json.Skip();
            }

            TextBytes += text;
            Attachments += isText ? 0 : 1;
            return hasType;
        }
    }
}
