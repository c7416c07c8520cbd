using System.Runtime.InteropServices;
using System.Text.Json;

namespace Gateway.Simulator.Tests;

public sealed class RouteTests
{
    [Fact]
    public async Task Completions_answer_with_raw_text_and_their_own_defaults()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        var reply = await caller.JsonAsync("/v1/completions", "{\"prompt\":[\"one\",\"two\"],\"n\":2}");
        Assert.StartsWith("cmpl-", reply.GetProperty("id").GetString());
        Assert.Equal("text_completion", reply.GetProperty("object").GetString());
        Assert.Equal(4, reply.GetProperty("choices").GetArrayLength());
        Assert.Equal(4 * 16, reply.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        Assert.Equal("length", reply.GetProperty("choices")[3].GetProperty("finish_reason").GetString());
        Assert.Contains("suffix", await caller.TextAsync("/v1/completions", "{\"prompt\":\"x\",\"suffix\":\"y\"}", status: 400));
        Assert.Contains("Either prompt or prompt_embeds", await caller.TextAsync("/v1/completions", "{\"prompt\":\"\"}", status: 400));
    }

    [Fact]
    public async Task Completion_chunks_are_vllms()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        var frames = await caller.FramesAsync(
            "{\"prompt\":\"x\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"vllm_xargs\":{\"sim_answer\":\"Hi\"}}", "/v1/completions");
        Assert.Equal(4, frames.Length);
        Assert.EndsWith("\"choices\":[{\"index\":0,\"text\":\"Hi\",\"logprobs\":null,\"finish_reason\":null,\"stop_reason\":null,\"prompt_token_ids\":null,\"token_ids\":null}],\"usage\":null}", frames[0]);
        Assert.EndsWith("\"choices\":[{\"index\":0,\"text\":\"\",\"logprobs\":null,\"finish_reason\":\"stop\",\"stop_reason\":null,\"prompt_token_ids\":null,\"token_ids\":null}],\"usage\":null}", frames[1]);
        Assert.EndsWith("\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"total_tokens\":3,\"completion_tokens\":2,\"prompt_tokens_details\":{\"cached_tokens\":0}}}", frames[2]);
        Assert.Equal("[DONE]", frames[3]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Hello, World! 123456 + 7\n\n\tfoo   bar_baz")]
    [InlineData("naïve café — 東京 🙂🙂 Ω")]
    [InlineData("<|im_start|>user\nHi<|im_end|>\n<think>x</think> < <|im")]
    public async Task Tokenize_and_detokenize_are_each_others_inverse(string text)
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        if (text.Length == 0) text = " ";
        var tokens = await caller.JsonAsync("/tokenize", "{\"prompt\":" + JsonSerializer.Serialize(text) + ",\"return_token_strs\":true}");
        Assert.Equal(tokens.GetProperty("count").GetInt32(), tokens.GetProperty("tokens").GetArrayLength());
        Assert.Equal(tokens.GetProperty("count").GetInt32(), tokens.GetProperty("token_strs").GetArrayLength());
        Assert.Equal(32768, tokens.GetProperty("max_model_len").GetInt32());
        var back = await caller.JsonAsync("/detokenize", "{\"tokens\":" + tokens.GetProperty("tokens").GetRawText() + "}");
        Assert.Equal(text, back.GetProperty("prompt").GetString());
    }

    [Fact]
    public async Task Ids_that_no_text_has_are_refused()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        await caller.TextAsync("/detokenize", "{\"tokens\":[60000000]}", status: 400);
        await caller.TextAsync("/detokenize", "{\"tokens\":[-1]}", status: 400);
        await caller.TextAsync("/v1/completions", "{\"prompt\":[17000000]}", status: 400);
    }

    [Fact]
    public async Task Render_gives_the_ids_that_a_chat_is_prefilled_with()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        var rendered = await caller.JsonAsync("/v1/chat/completions/render", Caller.Hello());
        var tokenized = await caller.JsonAsync("/tokenize", Caller.Hello());
        var answered = await caller.JsonAsync(Caller.ChatPath, Caller.Hello(",\"return_token_ids\":true"));
        Assert.Equal(rendered.GetProperty("token_ids").GetRawText(), tokenized.GetProperty("tokens").GetRawText());
        Assert.Equal(rendered.GetProperty("token_ids").GetRawText(), answered.GetProperty("prompt_token_ids").GetRawText());
    }

    [Fact]
    public async Task Continued_message_tokenizes_to_ids_that_end_with_it()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        var open = await caller.JsonAsync("/tokenize", "{\"messages\":[{\"role\":\"assistant\",\"content\":\"so far\"}],\"continue_final_message\":true,\"add_generation_prompt\":false}");
        var alone = await caller.JsonAsync("/tokenize", "{\"prompt\":\"so far\"}");
        Assert.EndsWith(alone.GetProperty("tokens").GetRawText()[1..], open.GetProperty("tokens").GetRawText());
    }

    [Fact]
    public async Task Embeddings_are_unit_vectors_and_near_for_texts_that_share_words()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        var reply = await caller.JsonAsync("/v1/embeddings", "{\"input\":[\"the cat sat\",\"the cat ran\",\"stock prices fell\"]}");
        var vectors = reply.GetProperty("data").EnumerateArray().Select(each => each.GetProperty("embedding").EnumerateArray().Select(x => x.GetDouble()).ToArray()).ToArray();
        Assert.Equal(1, vectors[0].Sum(x => x * x), 4);
        Assert.True(Dot(vectors[0], vectors[1]) > Dot(vectors[0], vectors[2]) + 0.2);
        Assert.Equal(reply.GetProperty("usage").GetProperty("total_tokens").GetInt32(), reply.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
        var packed = await caller.JsonAsync("/v1/embeddings", "{\"input\":\"the cat sat\",\"encoding_format\":\"base64\"}");
        var bytes = packed.GetProperty("data")[0].GetProperty("embedding").GetBytesFromBase64();
        Assert.Equal(vectors[0].Select(x => (float)x), MemoryMarshal.Cast<byte, float>(bytes).ToArray());
    }

    [Fact]
    public async Task Models_list_the_served_name_and_loaded_adapters()
    {
        await using var replica = await SimulatedReplica.StartAsync(new SimulatorOptions { Model = "m" });
        using var caller = new Caller(replica);
        const string Load = "{\"lora_name\":\"a\",\"lora_path\":\"/adapters/a\"}";
        await caller.TextAsync(Caller.ChatPath, Caller.Hello(",\"model\":\"a\""), status: 404);
        Assert.Equal("Success: LoRA adapter 'a' added successfully.", await caller.TextAsync("/v1/load_lora_adapter", Load));
        Assert.Contains("InvalidUserInput", await caller.TextAsync("/v1/load_lora_adapter", Load, status: 400));
        var models = JsonDocument.Parse(await caller.GetAsync("/v1/models")).RootElement.GetProperty("data");
        Assert.Equal(["m", "a"], models.EnumerateArray().Select(model => model.GetProperty("id").GetString()));
        Assert.Equal("m", models[1].GetProperty("parent").GetString());
        Assert.Equal("a", (await caller.JsonAsync(Caller.ChatPath, Caller.Hello(",\"model\":\"a\""))).GetProperty("model").GetString());
        await caller.TextAsync("/v1/unload_lora_adapter", "{\"lora_name\":\"a\"}");
        Assert.Contains("NotFoundError", await caller.TextAsync("/v1/unload_lora_adapter", "{\"lora_name\":\"a\"}", status: 404));
    }

    [Fact]
    public async Task Health_ping_load_and_version_answer()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        Assert.Empty(await caller.GetAsync("/health"));
        Assert.Empty(await caller.GetAsync("/ping"));
        Assert.Equal("{\"server_load\":0}", await caller.GetAsync("/load"));
        Assert.Contains("version", await caller.GetAsync("/version"));
    }

    [Fact]
    public async Task Received_requests_are_kept_as_they_came()
    {
        await using var replica = await SimulatedReplica.StartAsync(new SimulatorOptions { Record = true });
        using var caller = new Caller(replica);
        await caller.TextAsync(Caller.ChatPath, Caller.Hello());
        await caller.GetAsync("/health");
        var received = Assert.Single(replica.Received);
        Assert.Equal(Caller.ChatPath, received.Path);
        Assert.Equal(Caller.Hello(), System.Text.Encoding.UTF8.GetString(received.Body.Span));
        Assert.Equal("application/json", received.Headers["content-type"]);
        Assert.False(received.Aborted);
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
