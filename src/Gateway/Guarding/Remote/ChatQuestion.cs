using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gateway.Guarding.Remote;

/// <summary>Writes one question to a chat model that judges, without sampling and with room for a word or two.</summary>
internal readonly ref struct ChatQuestion : IDisposable
{
    /// <summary>Text as it is, where it may stand so in JSON: escapes would take six bytes for a letter that has three.</summary>
    public static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer;
    private readonly Utf8JsonWriter _json;

    /// <param name="model">The model's name as a JSON string.</param>
    /// <param name="most">Tokens of the answer at most.</param>
    public ChatQuestion(ReadOnlySpan<byte> model, int most)
    {
        _buffer = new ArrayBufferWriter<byte>(1024);
        _json = new Utf8JsonWriter(_buffer, Plain);
        _json.WriteStartObject();
        _json.WritePropertyName("model"u8);
        _json.WriteRawValue(model);
        _json.WriteNumber("max_tokens"u8, most);
        _json.WriteNumber("temperature"u8, 0);
        _json.WriteStartArray("messages"u8);
    }

    public void Say(ReadOnlySpan<byte> role, ReadOnlySpan<byte> text)
    {
        _json.WriteStartObject();
        _json.WriteString("role"u8, role);
        _json.WriteString("content"u8, text);
        _json.WriteEndObject();
    }

    public ReadOnlyMemory<byte> End()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        return _buffer.WrittenMemory;
    }

    public void Dispose() => _json.Dispose();
}
