using System.Text;
using System.Text.Json;

namespace Gateway.Simulator.Requests;

/// <summary>JSON to <see cref="Ask"/>. Unknown fields are ignored, as in vLLM.</summary>
internal static class AskReader
{
    /// <summary>vLLM's VLLM_MAX_STOP_STRINGS.</summary>
    private const int MaxStopStrings = 4;

    /// <summary>vLLM's VLLM_MAX_N_SEQUENCES.</summary>
    private const int MaxChoices = 16384;

    /// <summary>vLLM's max_tokens for a text completion that gives none.</summary>
    private const int CompletionTokens = 16;

    public static Ask? Chat(JsonElement root, bool autoTools, out Failure? failure)
    {
        var ask = Read(root, "messages", chat: true, out failure);
        if (ask is null) return null;
        failure = ask.Prompt.ValueKind switch
        {
            JsonValueKind.Undefined => Failure.Body("missing", "messages", "Field required"),
            JsonValueKind.Array => null,
            _ => Failure.Body("list_type", "messages", "Input should be a valid list"),
        } ?? ToolRules.Check(ask, root, autoTools);
        if (failure is null && ask.ContinueFinal && root.TryGetProperty("add_generation_prompt", out var add) && add.ValueKind == JsonValueKind.True)
            failure = Failure.Rule(null, "Cannot set both `continue_final_message` and `add_generation_prompt` to True.");
        return failure is null ? ask : null;
    }

    public static Ask? Completion(JsonElement root, out Failure? failure)
    {
        var ask = Read(root, "prompt", chat: false, out failure);
        if (ask is null) return null;
        ask.MaxTokens ??= CompletionTokens;
        if (ask.Prompt.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
            || ask.Prompt.ValueKind == JsonValueKind.String && ask.Prompt.ValueEquals(""u8))
            failure = Failure.Rule("prompt", "Either prompt or prompt_embeds must be provided and non-empty.");
        return failure is null ? ask : null;
    }

    private static Ask? Read(JsonElement root, string promptField, bool chat, out Failure? failure)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            failure = new(400, "Bad Request", "1 validation error:\n  {'type': 'model_attributes_type', 'loc': ('body',), 'msg': "
                + "'Input should be a valid dictionary or object to extract fields from'}", "body");
            return null;
        }
        var ask = new Ask();
        var fields = new Fields();
        bool logprobs = false, options = false;
        int? top = null, completionTokens = null;
        foreach (var field in root.EnumerateObject())
        {
            switch (field.Name)
            {
                case var name when name == promptField: ask.Prompt = field.Value; break;
                case "logprobs" when chat: logprobs = fields.Flag(field); break;
                case "logprobs": ask.Logprobs = fields.Count(field); break;
                case "top_logprobs": top = fields.Count(field); break;
                case "max_completion_tokens" when chat: completionTokens = fields.Count(field); break;
                case "stream_options": options = StreamOptions(field, ask, fields); break;
                case "suffix" when !chat && field.Value.ValueKind == JsonValueKind.String:
                    fields.Refuse(Failure.Invalid("suffix is not currently supported"));
                    break;
                default: Sampling(field, ask, fields); break;
            }
            if (fields.Failure is not null) break;
        }
        ask.MaxTokens = completionTokens ?? ask.MaxTokens;
        if (chat && logprobs) ask.Logprobs = top ?? 0;
        failure = fields.Failure ?? Rules(ask, logprobs, chat ? top : null, options);
        return failure is null ? ask : null;
    }

    private static Failure? Rules(Ask ask, bool logprobs, int? top, bool options)
    {
        if (options && !ask.Stream) return Failure.Rule("stream_options", "Stream options can only be defined when `stream=True`.");
        if (top is < -1) return Failure.Rule("top_logprobs", "`top_logprobs` must be a positive value or -1.");
        if (top is not null and not 0 && !logprobs)
            return Failure.Rule("top_logprobs", "when using `top_logprobs`, `logprobs` must be set to true.");
        if (ask.Stop?.Count > MaxStopStrings)
            return Failure.Body("too_long", "stop", $"List should have at most {MaxStopStrings} items after validation, not {ask.Stop.Count}");
        if (ask.Choices < 1) return Failure.Invalid($"n must be at least 1, got {ask.Choices}.", "n");
        if (ask.Choices > MaxChoices) return Failure.Invalid($"n must be at most {MaxChoices}, got {ask.Choices}.", "n");
        if (ask.MaxTokens < 1) return Failure.Invalid($"max_tokens must be at least 1, got {ask.MaxTokens}.", "max_tokens");
        if (ask.MaxTokens < ask.MinTokens)
            return Failure.Invalid($"min_tokens must be less than or equal to max_tokens={ask.MaxTokens}, got {ask.MinTokens}.", "min_tokens");
        return null;
    }

    private static bool StreamOptions(in JsonProperty field, Ask ask, Fields fields)
    {
        if (field.Value.ValueKind == JsonValueKind.Null) return false;
        if (field.Value.ValueKind != JsonValueKind.Object)
            return fields.Refuse(Failure.Body("model_attributes_type", "stream_options", "Input should be a valid dictionary"));
        var any = false;
        var continuous = false;
        foreach (var option in field.Value.EnumerateObject())
        {
            any = true;
            if (option.NameEquals("include_usage"u8)) ask.IncludeUsage = fields.Flag(option);
            else if (option.NameEquals("continuous_usage_stats"u8)) continuous = fields.Flag(option);
        }
        ask.ContinuousUsage = continuous && ask.IncludeUsage;
        return any;
    }

    private static void Sampling(in JsonProperty field, Ask ask, Fields fields)
    {
        switch (field.Name)
        {
            case "model": ask.Model = fields.Text(field); break;
            case "stream": ask.Stream = fields.Flag(field); break;
            case "max_tokens": ask.MaxTokens = fields.Count(field); break;
            case "min_tokens": ask.MinTokens = fields.Count(field) ?? 0; break;
            case "ignore_eos": ask.IgnoreEos = fields.Flag(field); break;
            case "n": ask.Choices = fields.Count(field) ?? 1; break;
            case "stop": ask.Stop = Stops(field, fields); break;
            case "include_stop_str_in_output": ask.IncludeStop = fields.Flag(field); break;
            case "return_token_ids": ask.ReturnTokenIds = fields.Flag(field); break;
            case "return_tokens_as_token_ids": ask.TokensAsIds = fields.Flag(field); break;
            case "return_prompt_text": ask.ReturnPromptText = fields.Flag(field); break;
            case "echo": ask.Echo = fields.Flag(field); break;
            case "include_reasoning": ask.IncludeReasoning = fields.Flag(field); break;
            case "reasoning_effort": ask.Thinks = fields.Text(field) != "none"; break;
            case "continue_final_message": ask.ContinueFinal = fields.Flag(field); break;
            case "add_generation_prompt": ask.AddGenerationPrompt = fields.Flag(field); break;
            case "request_id": ask.RequestId = fields.Text(field); break;
            case "cache_salt": ask.CacheSalt = fields.Text(field); break;
            case "priority": ask.Priority = fields.Count(field) ?? 0; break;
            case "prompt_logprobs" when ask.Stream && fields.Count(field) is > 0 or -1:
                fields.Refuse(Failure.Rule("prompt_logprobs", "`prompt_logprobs` are not available when `stream=True`."));
                break;
            case "chat_template" when field.Value.ValueKind == JsonValueKind.String:
                fields.Refuse(Failure.Invalid("Chat template is passed with request, but --trust-request-chat-template is not set. "
                    + "Refused request with untrusted chat template."));
                break;
            default: Shape(field, ask, fields); break;
        }
    }

    private static void Shape(in JsonProperty field, Ask ask, Fields fields)
    {
        switch (field.Name)
        {
            case "tools" when field.Value.ValueKind != JsonValueKind.Null: ask.Tools = field.Value; break;
            case "chat_template_kwargs" when field.Value.ValueKind == JsonValueKind.Object:
                if (field.Value.TryGetProperty("enable_thinking"u8, out var thinks)) ask.Thinks = thinks.ValueKind != JsonValueKind.False;
                break;
            case "response_format" when field.Value.ValueKind == JsonValueKind.Object: ConstraintReader.ResponseFormat(field.Value, ask, fields); break;
            case "structured_outputs" when field.Value.ValueKind == JsonValueKind.Object: ConstraintReader.StructuredOutputs(field.Value, ask, fields); break;
            case "vllm_xargs" when field.Value.ValueKind == JsonValueKind.Object: ask.Sim = Sim(field.Value, fields); break;
        }
    }

    private static SimArgs Sim(JsonElement xargs, Fields fields)
    {
        var sim = new SimArgs();
        foreach (var field in xargs.EnumerateObject())
        {
            sim = field.Name switch
            {
                "sim_answer" => sim with { Answer = fields.Text(field) },
                "sim_reasoning" => sim with { Reasoning = fields.Text(field) },
                "sim_tokens" => sim with { Tokens = fields.Count(field) },
                "sim_tool" => sim with { Tool = fields.Text(field) },
                "sim_arguments" => sim with { Arguments = fields.Text(field) },
                "sim_confidence" when field.Value.ValueKind == JsonValueKind.Number => sim with { Confidence = field.Value.GetDouble() },
                _ => sim,
            };
        }
        return sim;
    }

    private static List<byte[]>? Stops(in JsonProperty field, Fields fields)
    {
        switch (field.Value.ValueKind)
        {
            case JsonValueKind.Null: return null;
            case JsonValueKind.String: return [Encoding.UTF8.GetBytes(field.Value.GetString()!)];
            case JsonValueKind.Array:
                var stops = new List<byte[]>();
                foreach (var stop in field.Value.EnumerateArray())
                    if (stop.ValueKind == JsonValueKind.String && stop.GetString() is { Length: > 0 } text) stops.Add(Encoding.UTF8.GetBytes(text));
                return stops;
            default:
                fields.Refuse(Failure.Body("string_type", "stop", "Input should be a valid string"));
                return null;
        }
    }
}
