using System.Text.Json;
using Gateway.Guardrails;
using Gateway.Protocol;

namespace Gateway.Guarding.Requests;

/// <summary>One pass over a chat request for its texts: whatever may become a part of the prompt, known to this gateway or not.</summary>
/// <remarks>
/// A string is a text unless it is known not to be one: what steers the engine (<see cref="IsControl"/>), identifiers, and the bytes of images,
/// audio and files. Values that are objects or lists, such as a tool's definition or <c>documents</c>, are one text each, with their
/// members' names and numbers, since chat templates print those too.
/// </remarks>
internal static class BodyTexts
{
    /// <param name="body">A body that was read before and found good.</param>
    /// <param name="request">The view of it.</param>
    /// <param name="texts">Where the texts go.</param>
    public static void Read(ReadOnlySpan<byte> body, ChatRequest request, RequestTexts texts)
    {
        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = int.MaxValue });
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var target = new TextTarget(texts, new ByteRange((int)json.TokenStartIndex + 1, json.ValueSpan.Length), TextSource.Other);
            if (JsonText.Is(ref json, "messages"u8))
            {
                json.Read();
                MessageTexts.Read(ref json, request, target);
            }
            else if (JsonText.Is(ref json, "tools"u8) || JsonText.Is(ref json, "functions"u8))
            {
                json.Read();
                ReadDefinitions(ref json, target with { Source = TextSource.Definition });
            }
            else if (IsControl(ref json))
            {
                json.Read();
                json.Skip();
            }
            else
            {
                var source = SourceOf(ref json);
                json.Read();
                (target with { Source = source }).Add(ref json);
            }
        }
    }

    /// <summary>Members that say how an answer is made and are no part of what is said: OpenAI's, and vLLM's sampling and extra parameters.</summary>
    private static bool IsControl(ref Utf8JsonReader json) =>
        JsonText.Is(ref json, "model"u8) || JsonText.Is(ref json, "stream"u8) || JsonText.Is(ref json, "stream_options"u8)
        || JsonText.Is(ref json, "tool_choice"u8) || JsonText.Is(ref json, "function_call"u8) || JsonText.Is(ref json, "logit_bias"u8)
        || JsonText.Is(ref json, "stop"u8) || JsonText.Is(ref json, "stop_token_ids"u8) || JsonText.Is(ref json, "bad_words"u8)
        || JsonText.Is(ref json, "allowed_token_ids"u8) || JsonText.Is(ref json, "cache_salt"u8) || JsonText.Is(ref json, "request_id"u8)
        || JsonText.Is(ref json, "prompt_cache_key"u8) || JsonText.Is(ref json, "safety_identifier"u8) || JsonText.Is(ref json, "reasoning_effort"u8)
        || JsonText.Is(ref json, "service_tier"u8) || JsonText.Is(ref json, "verbosity"u8) || JsonText.Is(ref json, "modalities"u8)
        || JsonText.Is(ref json, "audio"u8) || JsonText.Is(ref json, "guided_json"u8) || JsonText.Is(ref json, "guided_regex"u8)
        || JsonText.Is(ref json, "guided_choice"u8) || JsonText.Is(ref json, "guided_grammar"u8) || JsonText.Is(ref json, "structured_outputs"u8)
        || JsonText.Is(ref json, "kv_transfer_params"u8) || JsonText.Is(ref json, "vllm_xargs"u8);

    /// <summary>Who says what stands in a member that this gateway does not read further: documents are of third parties, as a tool's results are.</summary>
    private static TextSource SourceOf(ref Utf8JsonReader json) =>
        JsonText.Is(ref json, "documents"u8) ? TextSource.Tool
        : JsonText.Is(ref json, "prompt"u8) || JsonText.Is(ref json, "suffix"u8) ? TextSource.User
        : JsonText.Is(ref json, "response_format"u8) || JsonText.Is(ref json, "chat_template"u8) ? TextSource.System
        : TextSource.Other;

    private static void ReadDefinitions(ref Utf8JsonReader json, TextTarget target)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            target.Add(ref json);
            return;
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType == JsonTokenType.StartObject)
                target.AddValue(ref json, NameOf(json));
            else
                target.Add(ref json);
        }
    }

    /// <summary>A tool's name: that of its <c>function</c> or <c>custom</c>, else its own. Of members given twice the last counts, as it does upstream.</summary>
    private static string? NameOf(Utf8JsonReader json)
    {
        string? own = null, inner = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.Is(ref json, "function"u8) || JsonText.Is(ref json, "custom"u8))
            {
                json.Read();
                if (json.TokenType == JsonTokenType.StartObject)
                    inner = InnerNameOf(ref json);
                continue;
            }

            var isName = JsonText.Is(ref json, "name"u8);
            json.Read();
            if (isName && json.TokenType == JsonTokenType.String)
                own = JsonText.TryGet(ref json);
            json.Skip();
        }

        return inner ?? own;
    }

    private static string? InnerNameOf(ref Utf8JsonReader json)
    {
        string? name = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isName = JsonText.Is(ref json, "name"u8);
            json.Read();
            if (isName && json.TokenType == JsonTokenType.String)
                name = JsonText.TryGet(ref json);
            json.Skip();
        }

        return name;
    }
}
