using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Gateway.Protocol;

namespace Gateway.Cache.Answers;

/// <summary>The form in which answers are stored: a <c>chat.completion</c>, its members in the order that OpenAI writes them.</summary>
internal static class AnswerJson
{
    /// <summary>Writes the pieces of a stream as a whole answer; its id is written when it is handed out.</summary>
    /// <param name="pieces">The pieces.</param>
    /// <param name="counted">Its tokens, where the stream itself does not say.</param>
    public static byte[] Write(AnswerPieces pieces, Usage? counted)
    {
        var json = new ArrayBufferWriter<byte>(512 + pieces.Content.Length + pieces.Reasoning.Length + pieces.Logprobs.Length);
        json.Write("{\"id\":\"\",\"object\":\"chat.completion\""u8);
        Member(json, ",\"created\":"u8, pieces.Created);
        Member(json, ",\"model\":"u8, pieces.Model);
        json.Write(",\"choices\":[{\"index\":0,\"message\":{\"role\":"u8);
        json.Write(pieces.Role ?? "\"assistant\""u8);
        json.Write(",\"content\":\""u8);
        json.Write(pieces.Content);
        json.Write("\",\"refusal\":null"u8);
        if (pieces.ReasoningName is { } name)
            Text(json, name, pieces.Reasoning);
        json.Write("},\"logprobs\":"u8);
        Logprobs(json, pieces);
        Member(json, ",\"finish_reason\":"u8, pieces.Finish);
        Member(json, ",\"stop_reason\":"u8, pieces.StopReason);
        json.Write("}]"u8);
        if (pieces.Usage is not null || counted is null)
            Member(json, ",\"usage\":"u8, pieces.Usage);
        else
            Member(json, ",\"usage\":"u8, UsageOf(counted.Value));
        Member(json, ",\"service_tier\":"u8, pieces.Tier);
        Member(json, ",\"system_fingerprint\":"u8, pieces.Fingerprint);
        json.Write(pieces.Further);
        json.Write("}"u8);
        return json.WrittenSpan.ToArray();
    }

    /// <summary>Where the value of the answer's own id stands; empty when it has none.</summary>
    public static ByteRange FindId(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isId = JsonText.Is(ref json, "id"u8);
            json.Read();
            if (isId && json.TokenType == JsonTokenType.String)
                return new ByteRange((int)json.TokenStartIndex, (int)(json.BytesConsumed - json.TokenStartIndex));
            json.Skip();
        }

        return default;
    }

    /// <summary>Writes the value of <c>logprobs</c>.</summary>
    public static void Logprobs(IBufferWriter<byte> json, AnswerPieces pieces)
    {
        if (!pieces.HasLogprobs)
        {
            json.Write("null"u8);
            return;
        }

        json.Write("{\"content\":["u8);
        json.Write(pieces.Logprobs);
        json.Write("]}"u8);
    }

    /// <summary>Writes a member whose value is text that is escaped already.</summary>
    public static void Text(IBufferWriter<byte> json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        json.Write(",\""u8);
        json.Write(name);
        json.Write("\":\""u8);
        json.Write(text);
        json.Write("\""u8);
    }

    /// <summary>Writes a member, if there is a value for it.</summary>
    public static void Member(IBufferWriter<byte> json, ReadOnlySpan<byte> name, byte[]? value)
    {
        if (value is null)
            return;
        json.Write(name);
        json.Write(value);
    }

    private static byte[] UsageOf(Usage usage) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"prompt_tokens\":{usage.Prompt},\"completion_tokens\":{usage.Completion},\"total_tokens\":{usage.Prompt + usage.Completion}}}"));
}
