using System.Text.Json;
using System.Text.Unicode;

namespace Gateway.Protocol;

/// <summary>Reads what matters out of one chunk's payload, or of a whole answer, which has the same outline. Allocates nothing.</summary>
public static class ChunkReader
{
    public static Chunk Read(ReadOnlySpan<byte> payload)
    {
        if (payload.SequenceEqual("[DONE]"u8))
            return new Chunk { Kind = ChunkKind.Done };
        if (!Utf8.IsValid(payload))
            return new Chunk { Kind = ChunkKind.Garbage };
        try
        {
            var json = new Utf8JsonReader(payload);
            var chunk = ReadObject(ref json);
            if (!chunk.UsageMember.IsEmpty)
                chunk.UsageMember = JsonMember.WithComma(payload, chunk.UsageMember);
            return chunk;
        }
        catch (JsonException)
        {
            return new Chunk { Kind = ChunkKind.Garbage };
        }
    }

    private static Chunk ReadObject(ref Utf8JsonReader json)
    {
        var chunk = new Chunk { Kind = ChunkKind.Part };
        var choices = 0;
        TimeSpan? queued = null;
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
            return new Chunk { Kind = ChunkKind.Garbage };
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.Is(ref json, "choices"u8))
                choices = ReadChoices(ref json, ref chunk);
            else if (JsonText.Is(ref json, "usage"u8))
                ReadUsage(ref json, ref chunk);
            else if (JsonText.Is(ref json, "metrics"u8))
                queued = UsageReader.ReadQueued(ref json);
            else if (JsonText.Is(ref json, "prompt_token_ids"u8))
                chunk.PromptTokenIds = ReadRange(ref json, chunk.PromptTokenIds);
            else if (JsonText.Is(ref json, "error"u8))
                chunk.Kind = IsNull(ref json) ? chunk.Kind : ChunkKind.Error;
            else
                SkipValue(ref json);
        }

        json.Read();
        if (chunk.Usage is { } usage && queued is not null)
            chunk.Usage = usage with { Queued = queued };
        chunk.IsUsageOnly = choices == 0 && chunk.Usage is not null;
        return chunk;
    }

    private static void ReadUsage(ref Utf8JsonReader json, ref Chunk chunk)
    {
        var start = (int)json.TokenStartIndex;
        chunk.Usage = UsageReader.Read(ref json);
        chunk.UsageMember = chunk.Usage is null ? default : new ByteRange(start, (int)json.BytesConsumed - start);
    }

    private static int ReadChoices(ref Utf8JsonReader json, ref Chunk chunk)
    {
        var count = 0;
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
        {
            json.Skip();
            return count;
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            count++;
            if (json.TokenType == JsonTokenType.StartObject)
                ReadChoice(ref json, ref chunk);
            else
                json.Skip();
        }

        return count;
    }

    private static void ReadChoice(ref Utf8JsonReader json, ref Chunk chunk)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.Is(ref json, "delta"u8) || JsonText.Is(ref json, "message"u8))
                ReadDelta(ref json, ref chunk);
            else if (JsonText.Is(ref json, "text"u8))
                ReadText(ref json, ref chunk);
            else if (JsonText.Is(ref json, "finish_reason"u8))
                ReadFinish(ref json, ref chunk);
            else if (JsonText.Is(ref json, "index"u8))
                ReadIndex(ref json, ref chunk);
            else if (JsonText.Is(ref json, "logprobs"u8))
                chunk.Logprobs = ReadRange(ref json, chunk.Logprobs);
            else if (JsonText.Is(ref json, "token_ids"u8))
                chunk.TokenIds = ReadRange(ref json, chunk.TokenIds);
            else if (JsonText.Is(ref json, "prompt_token_ids"u8))
                chunk.PromptTokenIds = ReadRange(ref json, chunk.PromptTokenIds);
            else
                SkipValue(ref json);
        }
    }

    /// <summary>The text of a raw completion.</summary>
    private static void ReadText(ref Utf8JsonReader json, ref Chunk chunk)
    {
        if (!IsContent(ref json))
            return;
        chunk.IsVisible = true;
        if (json.TokenType == JsonTokenType.String)
            chunk.Content = new ByteRange((int)json.TokenStartIndex + 1, json.ValueSpan.Length);
    }

    /// <summary>Where the list or object behind a name stands; what was known before where it is neither.</summary>
    private static ByteRange ReadRange(ref Utf8JsonReader json, ByteRange before)
    {
        json.Read();
        var (start, isThere) = ((int)json.TokenStartIndex, json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray);
        json.Skip();
        return isThere ? new ByteRange(start, (int)json.BytesConsumed - start) : before;
    }

    private static void ReadIndex(ref Utf8JsonReader json, ref Chunk chunk)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var index))
            chunk.Choices = Math.Max(chunk.Choices, index + 1);
        json.Skip();
    }

    private static void ReadFinish(ref Utf8JsonReader json, ref Chunk chunk)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
        {
            if (JsonText.Is(ref json, "abort"u8))
                chunk.IsAborted = true;
            else
                chunk.Finished++;
        }

        json.Skip();
    }

    private static void ReadDelta(ref Utf8JsonReader json, ref Chunk chunk)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.Is(ref json, "role"u8))
            {
                chunk.HasRole = true;
                SkipValue(ref json);
                continue;
            }

            var kind = KindOf(ref json);
            if (IsContent(ref json))
                ShowContent(ref json, kind, ref chunk);
        }
    }

    private static ShownKind KindOf(ref Utf8JsonReader json) =>
        JsonText.Is(ref json, "content"u8) ? ShownKind.Content
        : JsonText.Is(ref json, "reasoning"u8) || JsonText.Is(ref json, "reasoning_content"u8) ? ShownKind.Reasoning
        : JsonText.Is(ref json, "tool_calls"u8) ? ShownKind.Call
        : ShownKind.Other;

    private static void ShowContent(ref Utf8JsonReader json, ShownKind kind, ref Chunk chunk)
    {
        var isText = json.TokenType == JsonTokenType.String;
        var range = isText ? new ByteRange((int)json.TokenStartIndex + 1, json.ValueSpan.Length) : default;
        chunk.Text = chunk.IsVisible ? default : range;
        chunk.IsVisible = true;
        if (kind == ShownKind.Content && isText)
            chunk.Content = range;
        else if (kind == ShownKind.Reasoning && isText)
            chunk.Reasoning = range;
        else if (kind == ShownKind.Call)
            chunk.CallsTool = true;
        else
            chunk.ShowsOther = true;
    }

    /// <summary>Whether the value holds anything: not null, not an empty string, not an empty array or object.</summary>
    private static bool IsContent(ref Utf8JsonReader json)
    {
        json.Read();
        switch (json.TokenType)
        {
            case JsonTokenType.Null or JsonTokenType.False:
                return false;
            case JsonTokenType.String:
                return json.ValueSpan.Length > 0;
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                var depth = json.CurrentDepth;
                json.Read();
                var isEmpty = json.CurrentDepth == depth;
                while (json.CurrentDepth > depth)
                    json.Read();
                return !isEmpty;
            default:
                return true;
        }
    }

    private static bool IsNull(ref Utf8JsonReader json)
    {
        json.Read();
        var isNull = json.TokenType == JsonTokenType.Null;
        json.Skip();
        return isNull;
    }

    private static void SkipValue(ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }

    private enum ShownKind : byte
    {
        Other,
        Content,
        Reasoning,
        Call,
    }
}
