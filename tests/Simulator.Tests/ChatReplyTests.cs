using System.Text.Json;

namespace Gateway.Simulator.Tests;

public sealed class ChatReplyTests
{
    private static async Task<JsonElement> AskAsync(string body, SimulatorOptions? options = null)
    {
        await using var replica = await SimulatedReplica.StartAsync(options);
        using var caller = new Caller(replica);
        return await caller.JsonAsync(Caller.ChatPath, body);
    }

    private static JsonElement Message(JsonElement reply) => reply.GetProperty("choices")[0].GetProperty("message");

    private static string Content(JsonElement reply) => Message(reply).GetProperty("content").GetString()!;

    [Fact]
    public async Task Whole_reply_spells_out_its_nulls()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        var text = await caller.TextAsync(Caller.ChatPath, Caller.Hello(",\"request_id\":\"r1\",\"vllm_xargs\":{\"sim_answer\":\"Hi\"}"));
        var created = JsonDocument.Parse(text).RootElement.GetProperty("created").GetRawText();
        Assert.Equal(
            "{\"id\":\"chatcmpl-r1\",\"object\":\"chat.completion\",\"created\":" + created + ",\"model\":\"Qwen/Qwen3-8B\",\"choices\":[{\"index\":0,"
            + "\"message\":{\"role\":\"assistant\",\"content\":\"Hi\",\"refusal\":null,\"annotations\":null,\"audio\":null,\"function_call\":null,"
            + "\"reasoning\":null},\"logprobs\":null,\"finish_reason\":\"stop\",\"stop_reason\":null,\"token_ids\":null}],\"service_tier\":null,"
            + "\"system_fingerprint\":\"vllm-sim-tp1\",\"usage\":{\"prompt_tokens\":11,\"total_tokens\":13,\"completion_tokens\":2,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":0}},\"prompt_logprobs\":null,\"prompt_token_ids\":null,\"prompt_text\":null,"
            + "\"kv_transfer_params\":null}", text);
    }

    [Fact]
    public async Task Answer_depends_on_prompt_and_seed_only()
    {
        var first = Content(await AskAsync(Caller.Hello()));
        Assert.Equal(first, Content(await AskAsync(Caller.Hello())));
        Assert.NotEqual(first, Content(await AskAsync(Caller.Hello(), new SimulatorOptions { Seed = 1 })));
        Assert.NotEqual(first, Content(await AskAsync("{\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}")));
    }

    [Theory]
    [InlineData("", 24, "stop")]
    [InlineData(",\"vllm_xargs\":{\"sim_tokens\":12}", 12, "stop")]
    [InlineData(",\"max_tokens\":5", 5, "length")]
    [InlineData(",\"max_completion_tokens\":6,\"max_tokens\":5", 6, "length")]
    [InlineData(",\"max_tokens\":500", 24, "stop")]
    [InlineData(",\"max_tokens\":60,\"ignore_eos\":true", 60, "length")]
    [InlineData(",\"min_tokens\":40", 40, "stop")]
    public async Task Answer_has_the_length_asked_for(string more, int tokens, string finish)
    {
        var reply = await AskAsync(Caller.Hello(more));
        Assert.Equal(tokens, reply.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        Assert.Equal(finish, reply.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task Same_tokens_streamed_and_plain()
    {
        await using var replica = await SimulatedReplica.StartAsync(new SimulatorOptions { AnswerTokens = 400 });
        using var caller = new Caller(replica);
        var plain = Content(await caller.JsonAsync(Caller.ChatPath, Caller.Hello()));
        var frames = await caller.FramesAsync(Caller.Hello(",\"stream\":true"));
        Assert.Equal(plain, string.Concat(frames[..^1].Select(frame => JsonDocument.Parse(frame).RootElement.GetProperty("choices")[0]
            .GetProperty("delta").GetProperty("content").GetString())));
        Assert.Contains(plain, letter => letter > 127);
    }

    [Fact]
    public async Task Thought_is_apart_from_content_and_counted()
    {
        var reply = await AskAsync(Caller.Hello(), new SimulatorOptions { ReasoningTokens = 10 });
        Assert.NotEmpty(Message(reply).GetProperty("reasoning").GetString()!);
        Assert.True(reply.GetProperty("usage").GetProperty("completion_tokens_details").GetProperty("reasoning_tokens").GetInt32() >= 10);
        var silent = await AskAsync(Caller.Hello(",\"chat_template_kwargs\":{\"enable_thinking\":false}"), new SimulatorOptions { ReasoningTokens = 10 });
        Assert.Equal(JsonValueKind.Null, Message(silent).GetProperty("reasoning").ValueKind);
    }

    [Fact]
    public async Task Tool_call_has_arguments_that_fit_the_schema()
    {
        var reply = await AskAsync("{\"messages\":[{\"role\":\"user\",\"content\":\"call weather please\"}],\"tools\":[{\"type\":\"function\",\"function\":"
            + "{\"name\":\"weather\",\"parameters\":{\"type\":\"object\",\"properties\":{\"days\":{\"type\":\"integer\"},\"unit\":{\"enum\":[\"C\",\"F\"]}}}}}]}");
        Assert.Equal("tool_calls", reply.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        var function = Message(reply).GetProperty("tool_calls")[0].GetProperty("function");
        Assert.Equal("weather", function.GetProperty("name").GetString());
        Assert.Equal("{\"days\":42,\"unit\":\"C\"}", function.GetProperty("arguments").GetString());
        Assert.Equal(JsonValueKind.Null, Message(reply).GetProperty("content").ValueKind);
    }

    [Fact]
    public async Task A_scripted_call_is_made_as_it_stands()
    {
        var reply = await AskAsync(Caller.Hello(
            ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"vllm_xargs\":{\"sim_tool\":\"g\",\"sim_arguments\":\"{\\\"a\\\":\"}"));
        var function = Message(reply).GetProperty("tool_calls")[0].GetProperty("function");
        Assert.Equal(("g", "{\"a\":"), (function.GetProperty("name").GetString(), function.GetProperty("arguments").GetString()));
    }

    [Fact]
    public async Task Tools_that_nothing_asks_for_are_not_called()
    {
        var reply = await AskAsync(Caller.Hello(",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}]"));
        Assert.False(Message(reply).TryGetProperty("tool_calls", out _));
    }

    [Fact]
    public async Task Structured_answer_fits_its_schema()
    {
        var reply = await AskAsync(Caller.Hello(
            ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{\"type\":\"object\",\"properties\":{\"ok\":{\"type\":\"boolean\"}}}}}"));
        Assert.Equal("{\"ok\":true}", Content(reply));
        Assert.Equal("red", Content(await AskAsync(Caller.Hello(",\"structured_outputs\":{\"choice\":[\"red\",\"blue\"]}"))));
    }

    [Fact]
    public async Task Logprobs_are_mostly_sure_and_sometimes_not()
    {
        var reply = await AskAsync(Caller.Hello(",\"logprobs\":true,\"max_tokens\":200,\"ignore_eos\":true"));
        var tokens = reply.GetProperty("choices")[0].GetProperty("logprobs").GetProperty("content").EnumerateArray()
            .Select(entry => Math.Exp(entry.GetProperty("logprob").GetDouble())).ToArray();
        Assert.Equal(200, tokens.Length);
        Assert.InRange(tokens.Average(), 0.7, 0.95);
        Assert.Contains(tokens, probability => probability < 0.6);
    }

    [Fact]
    public async Task Token_ids_detokenize_to_the_answer()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        var reply = await caller.JsonAsync(Caller.ChatPath, Caller.Hello(",\"return_token_ids\":true"));
        var ids = reply.GetProperty("choices")[0].GetProperty("token_ids");
        Assert.Equal(24, ids.GetArrayLength());
        Assert.NotEqual(0, reply.GetProperty("prompt_token_ids").GetArrayLength());
        var text = (await caller.JsonAsync("/detokenize", "{\"tokens\":" + ids.GetRawText() + "}")).GetProperty("prompt").GetString();
        Assert.Equal(Content(reply) + "<|im_end|>", text);
    }

    [Fact]
    public async Task Per_request_metrics_appear_when_switched_on()
    {
        var reply = await AskAsync(Caller.Hello(), new SimulatorOptions { PerRequestMetrics = true });
        Assert.True(reply.GetProperty("metrics").GetProperty("queue_time_ms").GetDouble() >= 0);
    }
}
