using System.Text.Json;
using Gateway.Protocol;

namespace Gateway.Delivery.Resume;

/// <summary>Where in a chunk's payload the values stand that tell one stream from another, and the role that only a stream's first chunk names.</summary>
internal struct SeamParts
{
    public ByteRange Id { get; private set; }

    public ByteRange Created { get; private set; }

    public ByteRange Model { get; private set; }

    public ByteRange Fingerprint { get; private set; }

    /// <summary>The member <c>role</c> of a delta that has further members, with the comma behind it.</summary>
    public ByteRange Role { get; private set; }

    /// <summary>The value of a choice's <c>finish_reason</c>.</summary>
    public ByteRange Finish { get; private set; }

    /// <summary>The value of a choice's <c>stop_reason</c>, which vLLM has.</summary>
    public ByteRange Stop { get; private set; }

    /// <param name="payload">A chunk, or the beginning of one.</param>
    public static SeamParts Read(ReadOnlySpan<byte> payload)
    {
        var parts = default(SeamParts);
        try
        {
            var json = new Utf8JsonReader(payload, isFinalBlock: false, default);
            parts.ReadObject(ref json, payload);
        }
        catch (JsonException)
        {
            // The beginning of a chunk that was too long to keep ends where it ends.
        }

        return parts;
    }

    private void ReadObject(ref Utf8JsonReader json, ReadOnlySpan<byte> payload)
    {
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.Is(ref json, "id"u8))
                Id = ValueAt(ref json);
            else if (JsonText.Is(ref json, "created"u8))
                Created = ValueAt(ref json);
            else if (JsonText.Is(ref json, "model"u8))
                Model = ValueAt(ref json);
            else if (JsonText.Is(ref json, "system_fingerprint"u8))
                Fingerprint = ValueAt(ref json);
            else if (JsonText.Is(ref json, "choices"u8))
                ReadChoices(ref json, payload);
            else
                ValueAt(ref json);
        }
    }

    /// <summary>Reads the choices to their end; of each choice the delta.</summary>
    private void ReadChoices(ref Utf8JsonReader json, ReadOnlySpan<byte> payload)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartArray)
            return;
        var depth = json.CurrentDepth;
        while (json.Read() && json.CurrentDepth > depth)
        {
            if (json.TokenType != JsonTokenType.PropertyName)
                continue;
            if (json.CurrentDepth == depth + 3 && JsonText.Is(ref json, "role"u8))
                ReadRole(ref json, payload);
            else if (json.CurrentDepth == depth + 2 && JsonText.Is(ref json, "finish_reason"u8))
                Finish = ValueAt(ref json);
            else if (json.CurrentDepth == depth + 2 && JsonText.Is(ref json, "stop_reason"u8))
                Stop = ValueAt(ref json);
        }
    }

    private void ReadRole(ref Utf8JsonReader json, ReadOnlySpan<byte> payload)
    {
        var start = (int)json.TokenStartIndex;
        var value = ValueAt(ref json);
        var behind = payload[value.End..];
        var comma = behind.IndexOfAnyExcept(" \t\r\n"u8);
        if (comma >= 0 && behind[comma] == ',')
            Role = new ByteRange(start, value.End + comma + 1 - start);
    }

    private static ByteRange ValueAt(ref Utf8JsonReader json)
    {
        if (!json.Read())
            return default;
        var start = (int)json.TokenStartIndex;
        return json.TrySkip() ? new ByteRange(start, (int)json.BytesConsumed - start) : default;
    }
}
