using System.Text.Json;
using Gateway.Protocol;
using Gateway.Routing.Cascade.Checks;

namespace Gateway.Dispatch.Verification;

/// <summary>Adds what a chunk, or a whole answer, says to the draft that is judged.</summary>
internal static class DraftReader
{
    /// <param name="payload">JSON that <see cref="ChunkReader"/> has read as part of an answer.</param>
    /// <param name="draft">Filled in.</param>
    public static void Read(ReadOnlySpan<byte> payload, DraftAnswer draft)
    {
        var json = new Utf8JsonReader(payload);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.Is(ref json, "choices"u8))
                ReadChoices(ref json, payload, draft);
            else if (JsonText.Is(ref json, "usage"u8))
                draft.Counted = UsageReader.Read(ref json)?.Completion ?? draft.Counted;
            else
                SkipValue(ref json);
        }
    }

    private static void ReadChoices(ref Utf8JsonReader json, ReadOnlySpan<byte> payload, DraftAnswer draft)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType == JsonTokenType.StartObject)
                ReadChoice(ref json, payload, draft);
            else
                json.Skip();
        }
    }

    private static void ReadChoice(ref Utf8JsonReader json, ReadOnlySpan<byte> payload, DraftAnswer draft)
    {
        var tokens = draft.Tokens.Count;
        var shows = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.Is(ref json, "delta"u8) || JsonText.Is(ref json, "message"u8))
                shows = ReadMessage(ref json, payload, draft);
            else if (JsonText.Is(ref json, "finish_reason"u8))
                ReadFinish(ref json, draft);
            else if (JsonText.Is(ref json, "logprobs"u8))
                LogprobsReader.Read(ref json, draft.Tokens);
            else
                SkipValue(ref json);
        }

        draft.HasShown |= shows;
        var told = draft.Tokens.Count - tokens;
        draft.Arrived += told > 0 ? told : shows ? 1 : 0;
    }

    private static void ReadFinish(ref Utf8JsonReader json, DraftAnswer draft)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
            draft.FinishReason = JsonText.TryGet(ref json) ?? "";
        json.Skip();
    }

    /// <returns>Whether it holds anything of an answer, reasoning included.</returns>
    private static bool ReadMessage(ref Utf8JsonReader json, ReadOnlySpan<byte> payload, DraftAnswer draft)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return false;
        }

        var shows = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.Is(ref json, "content"u8))
                shows |= ReadContent(ref json, draft);
            else if (JsonText.Is(ref json, "tool_calls"u8))
                shows |= ReadCalls(ref json, payload, draft);
            else if (JsonText.Is(ref json, "refusal"u8))
                draft.IsRefusal |= IsText(ref json);
            else if (JsonText.Is(ref json, "reasoning"u8) || JsonText.Is(ref json, "reasoning_content"u8))
                shows |= IsText(ref json);
            else
                SkipValue(ref json);
        }

        return shows;
    }

    private static bool ReadContent(ref Utf8JsonReader json, DraftAnswer draft)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
        {
            draft.Advance(JsonText.CopyTo(ref json, draft.Room(json.ValueSpan.Length)));
            return json.ValueSpan.Length > 0;
        }

        json.Skip();
        return false;
    }

    private static bool ReadCalls(ref Utf8JsonReader json, ReadOnlySpan<byte> payload, DraftAnswer draft)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
        {
            json.Skip();
            return false;
        }

        var position = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType == JsonTokenType.StartObject)
                ToolCallReader.Read(ref json, payload, draft, position);
            else
                json.Skip();
            position++;
        }

        return position > 0;
    }

    private static bool IsText(ref Utf8JsonReader json)
    {
        json.Read();
        var isText = json.TokenType == JsonTokenType.String && json.ValueSpan.Length > 0;
        json.Skip();
        return isText;
    }

    private static void SkipValue(ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }
}
