using System.Text.Json;
using Gateway.Completions;
using Gateway.Protocol;

namespace Gateway.Delivery;

/// <summary>The frame that ends a stream which cannot be completed.</summary>
/// <remarks>
/// OpenAI's error object, in a chunk whose choice finishes with <c>error</c>. Clients that look for <c>error</c> raise it with
/// our code and message; those that only read choices meet a finish reason they do not know, which the official .NET client
/// refuses aloud, where it takes a bare error object for an empty chunk and the end of the body for the end of the answer.
/// </remarks>
internal static class ErrorFrame
{
    public static byte[] Of(Exchange exchange, ApiError error, TimeProvider time)
    {
        using var frame = new MemoryStream(512);
        frame.Write("data: "u8);
        using (var json = new Utf8JsonWriter(frame))
        {
            json.WriteStartObject();
            json.WriteString("id"u8, $"chatcmpl-{exchange.Id}");
            json.WriteString("object"u8, "chat.completion.chunk"u8);
            json.WriteNumber("created"u8, time.GetUtcNow().ToUnixTimeSeconds());
            json.WriteString("model"u8, exchange.AnsweredBy?.Pool.Model ?? exchange.Request!.Model);
            json.WriteStartArray("choices"u8);
            json.WriteStartObject();
            json.WriteNumber("index"u8, 0);
            json.WriteStartObject("delta"u8);
            json.WriteString("content"u8, ""u8);
            json.WriteEndObject();
            json.WriteString("finish_reason"u8, "error"u8);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WritePropertyName("error"u8);
            error.WriteObject(json);
            if (exchange.Usage is { } usage)
            {
                // What the part that was shown took.
                json.WriteStartObject("usage"u8);
                json.WriteNumber("prompt_tokens"u8, usage.Prompt);
                json.WriteNumber("total_tokens"u8, usage.Prompt + usage.Completion);
                json.WriteNumber("completion_tokens"u8, usage.Completion);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        frame.Write("\n\n"u8);
        return frame.ToArray();
    }
}
