using System.Text.Json;

namespace Gateway.Simulator.Tests;

public sealed class ContinuationTests
{
    private const string Go = ",\"continue_final_message\":true,\"add_generation_prompt\":false";

    private static string Continue(string said, string more = Go) =>
        "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"},{\"role\":\"assistant\",\"content\":" + JsonSerializer.Serialize(said) + "}]" + more + "}";

    private static string Content(JsonElement reply) => reply.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;

    [Fact]
    public async Task Another_replica_goes_on_with_the_same_answer_wherever_it_was_cut()
    {
        await using var one = await SimulatedReplica.StartAsync(new SimulatorOptions { AnswerTokens = 60 });
        await using var two = await SimulatedReplica.StartAsync(new SimulatorOptions { AnswerTokens = 60 });
        using var first = new Caller(one);
        using var second = new Caller(two);
        var whole = Content(await first.JsonAsync(Caller.ChatPath, Caller.Hello()));
        for (var cut = 1; cut < whole.Length; cut += 7)
        {
            if (char.IsLowSurrogate(whole[cut])) continue;
            var rest = await second.JsonAsync(Caller.ChatPath, Continue(whole[..cut]));
            Assert.Equal(whole, whole[..cut] + Content(rest));
            Assert.Equal("stop", rest.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        }
    }

    [Fact]
    public async Task Raw_completion_of_the_rendered_prompt_and_ids_goes_on_too()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        var chat = await caller.JsonAsync(Caller.ChatPath, Caller.Hello(",\"return_token_ids\":true"));
        var prompt = chat.GetProperty("prompt_token_ids").EnumerateArray().Select(id => id.GetInt32());
        var said = chat.GetProperty("choices")[0].GetProperty("token_ids").EnumerateArray().Select(id => id.GetInt32()).ToArray();
        var rest = await caller.JsonAsync(
            "/v1/completions", $"{{\"prompt\":[{string.Join(',', prompt.Concat(said[..10]))}],\"max_tokens\":100,\"return_token_ids\":true}}");
        Assert.Equal(said[10..], rest.GetProperty("choices")[0].GetProperty("token_ids").EnumerateArray().Select(id => id.GetInt32()));
    }

    [Fact]
    public async Task Content_is_continued_behind_collected_thought()
    {
        await using var replica = await SimulatedReplica.StartAsync(new SimulatorOptions { ReasoningTokens = 8 });
        using var caller = new Caller(replica);
        var whole = (await caller.JsonAsync(Caller.ChatPath, Caller.Hello())).GetProperty("choices")[0].GetProperty("message");
        var (thought, content) = (whole.GetProperty("reasoning").GetString()!, whole.GetProperty("content").GetString()!);
        var rest = await caller.JsonAsync(Caller.ChatPath,
            "{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"},{\"role\":\"assistant\",\"reasoning\":" + JsonSerializer.Serialize(thought)
            + ",\"content\":" + JsonSerializer.Serialize(content[..9]) + "}]" + Go + "}");
        Assert.Equal(content[9..], Content(rest));
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("choices")[0].GetProperty("message").GetProperty("reasoning").ValueKind);
    }

    [Fact]
    public async Task Trimming_template_repeats_trailing_whitespace()
    {
        await using var replica = await SimulatedReplica.StartAsync(new SimulatorOptions { TrimFinalMessage = true });
        using var caller = new Caller(replica);
        var rest = await caller.JsonAsync(Caller.ChatPath, Continue("one ", Go + ",\"vllm_xargs\":{\"sim_answer\":\"one two\"}"));
        Assert.Equal(" two", Content(rest));
    }

    [Fact]
    public async Task Leaving_the_generation_prompt_on_is_a_400_of_the_template()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        var error = (await caller.JsonAsync(Caller.ChatPath, Continue("Hi", ",\"continue_final_message\":true"), status: 400)).GetProperty("error");
        Assert.Equal("BadRequestError", error.GetProperty("type").GetString());
        Assert.StartsWith("continue_final_message and add_generation_prompt are not compatible", error.GetProperty("message").GetString());
        error = (await caller.JsonAsync(Caller.ChatPath, Continue("Hi", ",\"continue_final_message\":true,\"add_generation_prompt\":true"), status: 400)).GetProperty("error");
        Assert.Equal("Bad Request", error.GetProperty("type").GetString());
        Assert.Contains("Cannot set both `continue_final_message` and `add_generation_prompt` to True.", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Final_message_without_text_is_a_400()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        Assert.Contains("final message does not appear", await caller.TextAsync(
            Caller.ChatPath, "{\"messages\":[{\"role\":\"assistant\",\"content\":null}]" + Go + "}", status: 400));
    }
}
