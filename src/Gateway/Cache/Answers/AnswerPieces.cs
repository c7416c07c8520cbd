using System.Buffers;
using System.Text.Json;
using Gateway.Protocol;

namespace Gateway.Cache.Answers;

/// <summary>An answer of one choice in its pieces, each as the JSON it stood as, put together from a whole answer or from a stream's chunks.</summary>
internal sealed class AnswerPieces
{
    private readonly ArrayBufferWriter<byte> _content = new(256);
    private readonly ArrayBufferWriter<byte> _reasoning = new(256);
    private readonly ArrayBufferWriter<byte> _logprobs = new(256);
    private readonly ArrayBufferWriter<byte> _further = new(64);
    private bool _hasHead;

    public byte[]? Created { get; private set; }

    public byte[]? Model { get; private set; }

    public byte[]? Fingerprint { get; private set; }

    public byte[]? Tier { get; private set; }

    /// <summary>Members of the answer that we do not know and that are not null, each with a comma before it.</summary>
    public ReadOnlySpan<byte> Further => _further.WrittenSpan;

    public byte[]? Role { get; private set; }

    /// <summary>The text between its quotes, escapes as they were.</summary>
    public ReadOnlySpan<byte> Content => _content.WrittenSpan;

    /// <summary>What was thought before, between its quotes.</summary>
    public ReadOnlySpan<byte> Reasoning => _reasoning.WrittenSpan;

    /// <summary>The name that the thought goes by: <c>reasoning</c> or <c>reasoning_content</c>.</summary>
    public byte[]? ReasoningName { get; private set; }

    /// <summary>The items of <c>logprobs.content</c> with commas between them.</summary>
    public ReadOnlySpan<byte> Logprobs => _logprobs.WrittenSpan;

    public bool HasLogprobs { get; private set; }

    /// <summary>Why the model stopped, as JSON; null while it has not.</summary>
    public byte[]? Finish { get; private set; }

    public byte[]? StopReason { get; private set; }

    /// <summary>The usage as JSON; null when there is none.</summary>
    public byte[]? Usage { get; private set; }

    /// <summary>What the usage counts.</summary>
    public Usage? Counts { get; private set; }

    public bool CallsTool { get; private set; }

    public bool IsRefused { get; private set; }

    /// <summary>It holds what we do not know the meaning of, where leaving it out or handing it on could be wrong.</summary>
    public bool IsStrange { get; private set; }

    /// <summary>Adds a whole answer, or one chunk.</summary>
    public void Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            var json = new Utf8JsonReader(payload);
            json.Read();
            IsStrange |= json.TokenType != JsonTokenType.StartObject;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                ReadMember(ref json, payload);
            _hasHead = true;
        }
        catch (JsonException)
        {
            IsStrange = true;
        }
    }

    private void ReadMember(ref Utf8JsonReader json, ReadOnlySpan<byte> payload)
    {
        var name = (int)json.TokenStartIndex;
        if (JsonText.Is(ref json, "choices"u8))
            ReadChoices(ref json, payload);
        else if (JsonText.Is(ref json, "usage"u8))
            ReadUsage(ref json, payload);
        else if (JsonText.Is(ref json, "id"u8) || JsonText.Is(ref json, "object"u8) || JsonText.Is(ref json, "metrics"u8))
            Skip(ref json);
        else if (JsonText.Is(ref json, "created"u8))
            Created = Value(ref json, payload) ?? Created;
        else if (JsonText.Is(ref json, "model"u8))
            Model = Value(ref json, payload) ?? Model;
        else if (JsonText.Is(ref json, "system_fingerprint"u8))
            Fingerprint = Value(ref json, payload) ?? Fingerprint;
        else if (JsonText.Is(ref json, "service_tier"u8))
            Tier = Value(ref json, payload) ?? Tier;
        else
            ReadFurther(ref json, payload, name);
    }

    /// <summary>What we do not know is kept of the first chunk, and must not change afterwards.</summary>
    private void ReadFurther(ref Utf8JsonReader json, ReadOnlySpan<byte> payload, int name)
    {
        if (!Skip(ref json))
            return;
        var member = payload[name..(int)json.BytesConsumed];
        if (_hasHead)
        {
            IsStrange |= Further.IndexOf(member) < 0;
            return;
        }

        _further.Write(","u8);
        _further.Write(member);
    }

    private void ReadUsage(ref Utf8JsonReader json, ReadOnlySpan<byte> payload)
    {
        var ahead = json;
        Counts = UsageReader.Read(ref ahead) ?? Counts;
        Usage = Value(ref json, payload) ?? Usage;
    }

    private void ReadChoices(ref Utf8JsonReader json, ReadOnlySpan<byte> payload)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
        {
            IsStrange |= json.TokenType != JsonTokenType.Null;
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType == JsonTokenType.StartObject)
                ReadChoice(ref json, payload);
            else
                IsStrange = true;
            json.Skip();
        }
    }

    private void ReadChoice(ref Utf8JsonReader json, ReadOnlySpan<byte> payload)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.Is(ref json, "delta"u8) || JsonText.Is(ref json, "message"u8))
                ReadMessage(ref json, payload);
            else if (JsonText.Is(ref json, "finish_reason"u8))
                Finish = Value(ref json, payload) ?? Finish;
            else if (JsonText.Is(ref json, "stop_reason"u8))
                StopReason = Value(ref json, payload) ?? StopReason;
            else if (JsonText.Is(ref json, "logprobs"u8))
                ReadLogprobs(ref json, payload);
            else if (JsonText.Is(ref json, "index"u8))
                IsStrange |= !json.Read() || json.TokenType != JsonTokenType.Number || !json.TryGetInt32(out var index) || index != 0;
            else
                IsStrange |= Skip(ref json);
        }
    }

    private void ReadMessage(ref Utf8JsonReader json, ReadOnlySpan<byte> payload)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            IsStrange |= json.TokenType != JsonTokenType.Null;
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.ValueSpan;
            if (JsonText.Is(ref json, "content"u8))
                IsStrange |= !AddText(ref json, _content);
            else if (JsonText.Is(ref json, "reasoning"u8) || JsonText.Is(ref json, "reasoning_content"u8))
                AddReasoning(ref json, name);
            else if (JsonText.Is(ref json, "role"u8))
                Role = Value(ref json, payload) ?? Role;
            else if (JsonText.Is(ref json, "tool_calls"u8) || JsonText.Is(ref json, "function_call"u8))
                CallsTool |= Skip(ref json);
            else if (JsonText.Is(ref json, "refusal"u8))
                IsRefused |= Skip(ref json);
            else
                IsStrange |= Skip(ref json);
        }
    }

    private void AddReasoning(ref Utf8JsonReader json, ReadOnlySpan<byte> name)
    {
        var before = _reasoning.WrittenCount;
        IsStrange |= !AddText(ref json, _reasoning);
        if (_reasoning.WrittenCount == before)
            return;
        IsStrange |= ReasoningName is not null && !name.SequenceEqual(ReasoningName);
        ReasoningName ??= name.ToArray();
    }

    private void ReadLogprobs(ref Utf8JsonReader json, ReadOnlySpan<byte> payload)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            IsStrange |= json.TokenType != JsonTokenType.Null;
            json.Skip();
            return;
        }

        HasLogprobs = true;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isContent = JsonText.Is(ref json, "content"u8);
            if (!isContent)
            {
                IsStrange |= Skip(ref json);
                continue;
            }

            if (Value(ref json, payload) is not [(byte)'[', .. var items, (byte)']'])
                continue;
            if (_logprobs.WrittenCount > 0)
                _logprobs.Write(","u8);
            _logprobs.Write(items);
        }
    }

    /// <returns>False when it is neither text nor null.</returns>
    private static bool AddText(ref Utf8JsonReader json, ArrayBufferWriter<byte> text)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
            text.Write(json.ValueSpan);
        else if (json.TokenType != JsonTokenType.Null)
            json.Skip();
        return json.TokenType is JsonTokenType.String or JsonTokenType.Null;
    }

    /// <summary>The value behind a name; null when it holds nothing.</summary>
    private static byte[]? Value(ref Utf8JsonReader json, ReadOnlySpan<byte> payload)
    {
        var holds = Skip(ref json, out var start);
        return holds ? payload[start..(int)json.BytesConsumed].ToArray() : null;
    }

    private static bool Skip(ref Utf8JsonReader json) => Skip(ref json, out _);

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
