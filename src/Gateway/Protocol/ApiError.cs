using System.Text.Json;

namespace Gateway.Protocol;

/// <summary>What a caller sees when it gets no answer: OpenAI's error envelope and its HTTP status.</summary>
/// <param name="Status">HTTP status; in a stream that has begun, the envelope's <c>code</c> stands in for it.</param>
/// <param name="Type">OpenAI's coarse type, such as <c>invalid_request_error</c>.</param>
/// <param name="Code">Machine-readable cause, stable across versions.</param>
/// <param name="Message">What went wrong, and what would mend it.</param>
/// <param name="Param">The request field at fault, if it is one.</param>
/// <param name="RetryAfter">When trying again makes sense.</param>
public sealed record ApiError(
    int Status, string Type, string Code, string Message, string? Param = null, TimeSpan? RetryAfter = null)
{
    private const string InvalidRequest = "invalid_request_error";

    public static ApiError BadRequest(string code, string message, string? param = null) =>
        new(400, InvalidRequest, code, message, param);

    public static ApiError BadJson(string message) => BadRequest("invalid_json", message);

    public static ApiError TooLarge(long limitBytes) =>
        new(413, InvalidRequest, "request_too_large", $"The request body is larger than the limit of {limitBytes} bytes.");

    public static ApiError TooSlow() =>
        new(408, InvalidRequest, "request_timeout", "The request body arrived too slowly and was given up.");

    public static ApiError UnsupportedMedia(string message) => new(415, InvalidRequest, "unsupported_media_type", message);

    public static ApiError UnknownUrl(string method, string path) =>
        new(404, InvalidRequest, "unknown_url", $"Unknown request URL: {method} {path}. See GET /v1/models and the documentation for what exists.");

    public static ApiError WrongMethod(string method, string path) =>
        new(405, InvalidRequest, "method_not_allowed", $"{method} is not allowed for {path}.");

    public static ApiError ModelNotFound(string model, IEnumerable<string> known) =>
        new(404, InvalidRequest, "model_not_found", $"The model '{model}' does not exist. Known models: {string.Join(", ", known)}.", "model");

    /// <summary>The gateway is going down and takes no new work.</summary>
    public static ApiError Draining() =>
        new(503, "service_unavailable", "gateway_draining", "This gateway is shutting down; another one will answer.", RetryAfter: TimeSpan.FromSeconds(1));

    /// <summary>A bug of ours; the details are in the log, not here.</summary>
    public static ApiError Internal(string requestId) =>
        new(500, "server_error", "internal_error", $"The gateway failed on this request; its log knows it as {requestId}.");

    /// <summary>Writes <c>{"error":{…}}</c>.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("error"u8);
        WriteObject(writer);
        writer.WriteEndObject();
    }

    /// <summary>Writes the object inside the envelope.</summary>
    public void WriteObject(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("message"u8, Message);
        writer.WriteString("type"u8, Type);
        writer.WriteString("param"u8, Param);
        writer.WriteString("code"u8, Code);
        writer.WriteEndObject();
    }

    public byte[] ToJson()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
            WriteTo(writer);
        return buffer.WrittenSpan.ToArray();
    }
}
