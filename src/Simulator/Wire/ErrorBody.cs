using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gateway.Simulator.Requests;

namespace Gateway.Simulator.Wire;

/// <summary>Errors in either of vLLM's dialects.</summary>
internal static class ErrorBody
{
    private static readonly JsonWriterOptions AsItIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A compact JSON body.</summary>
    public static byte[] Json(Failure failure, ErrorDialect dialect)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, AsItIs))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("error");
            writer.WriteString("message", failure.Message);
            writer.WriteString("type", Type(failure, dialect));
            writer.WriteString("param", failure.Param);
            if (dialect == ErrorDialect.Python) writer.WriteNumber("code", failure.Status);
            else writer.WriteString("code", failure.RustCode);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>An error whose value is a string, as from the key check and from a server that is scaling.</summary>
    public static byte[] Plain(string text) => Encoding.UTF8.GetBytes($"{{\"error\":{JsonSerializer.Serialize(text)}}}");

    /// <summary>
    /// The error inside a stream. Unlike every other frame it has a space behind each colon and comma: it is printed by json.dumps.
    /// </summary>
    public static byte[] Frame(Failure failure, ErrorDialect dialect)
    {
        var code = dialect == ErrorDialect.Python ? failure.Status.ToString() : JsonSerializer.Serialize(failure.RustCode);
        var param = failure.Param is null ? "null" : JsonSerializer.Serialize(failure.Param);
        return Encoding.UTF8.GetBytes(
            $"data: {{\"error\": {{\"message\": {JsonSerializer.Serialize(failure.Message)}, \"type\": \"{Type(failure, dialect)}\", "
            + $"\"param\": {param}, \"code\": {code}}}}}\n\n");
    }

    private static string Type(Failure failure, ErrorDialect dialect) =>
        dialect == ErrorDialect.Python ? failure.Type : failure.Status < 500 ? "invalid_request_error" : "server_error";
}
