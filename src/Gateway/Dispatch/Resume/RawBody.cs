using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Gateway.Dispatch.Resume;

/// <summary>A chat's body as that of a raw completion: what shapes the sampling goes over byte for byte, what only a chat has stays behind.</summary>
internal static class RawBody
{
    /// <summary>Members that the completion gets anew, or that it has not or has with another meaning.</summary>
    private static readonly FrozenSet<string> Left = FrozenSet.Create(
        "model", "messages", "stream", "stream_options", "max_tokens", "max_completion_tokens", "min_tokens", "tools", "tool_choice",
        "parallel_tool_calls", "response_format", "logprobs", "top_logprobs", "n", "chat_template", "chat_template_kwargs", "documents",
        "add_generation_prompt", "continue_final_message", "add_special_tokens", "reasoning_effort", "include_reasoning",
        "thinking_token_budget", "prompt", "suffix", "echo", "return_token_ids", "return_prompt_text", "priority", "truncate_prompt_tokens",
        "truncation_side");

    /// <param name="takeover">The stream; its chat's body has been accepted.</param>
    /// <param name="modelJson">The upstream model as a JSON string.</param>
    /// <param name="ids">The prompt: a JSON array of token ids.</param>
    /// <param name="most">Tokens it may generate.</param>
    public static byte[] Build(Takeover takeover, ReadOnlySpan<byte> modelJson, ReadOnlySpan<byte> ids, int most)
    {
        var exchange = takeover.Exchange;
        var chat = exchange.Body!.Span;
        var least = Math.Max(0, takeover.Fields.Least - takeover.Generated);
        var body = new ArrayBufferWriter<byte>(ids.Length + 512);
        body.Write("{\"model\":"u8);
        body.Write(modelJson);
        body.Write(",\"stream\":true,\"stream_options\":{\"include_usage\":true,\"continuous_usage_stats\":true},\"prompt\":"u8);
        body.Write(ids);
        body.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"max_tokens\":{most},\"min_tokens\":{least}")));
        if (takeover.Mechanism == Mechanism.Ids)
            body.Write(",\"return_token_ids\":true"u8);
        var priority = exchange.Request!.Priority.In(chat);
        if (exchange.Plan!.Priority is { } planned)
            body.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"priority\":{planned}")));
        else if (!priority.IsEmpty)
            body.Write([.. ",\"priority\":"u8, .. priority]);
        var json = new Utf8JsonReader(chat, new JsonReaderOptions { MaxDepth = 1024 });
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (start, stays) = ((int)json.TokenStartIndex, Left.Contains(Encoding.UTF8.GetString(json.ValueSpan)));
            json.Read();
            json.Skip();
            if (stays)
                continue;
            body.Write(","u8);
            body.Write(chat[start..(int)json.BytesConsumed]);
        }

        body.Write("}"u8);
        return body.WrittenSpan.ToArray();
    }
}
