using System.Text.Json;

namespace Gateway.Simulator.Tests;

public sealed class ChatStreamTests
{
    private const string Answer = ",\"stream\":true,\"vllm_xargs\":{\"sim_answer\":\"Hi \\\"you\\\"\"}";

    /// <summary>Frames with what differs from run to run put aside.</summary>
    private static async Task<string[]> FramesAsync(string more, SimulatorOptions? options = null)
    {
        await using var replica = await SimulatedReplica.StartAsync(options);
        using var caller = new Caller(replica);
        var frames = await caller.FramesAsync(Caller.Hello(more));
        var head = JsonDocument.Parse(frames[0]).RootElement;
        var created = head.GetProperty("created").GetRawText();
        return [.. frames.Select(frame => frame.Replace(head.GetProperty("id").GetString()!, "ID").Replace($"\"created\":{created}", "\"created\":1"))];
    }

    private static string Chunk(string rest) =>
        "{\"id\":\"ID\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"Qwen/Qwen3-8B\",\"choices\":" + rest + "}";

    private static string Delta(string delta, string finish = "\"finish_reason\":null", string ids = "null") =>
        $"[{{\"index\":0,\"delta\":{delta},\"logprobs\":null,{finish},\"token_ids\":{ids}}}]";

    [Fact]
    public async Task Sends_the_role_chunk_first_then_a_chunk_per_token_then_done()
    {
        Assert.Equal(
        [
            Chunk("[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}],\"prompt_token_ids\":null,\"prompt_text\":null"),
            Chunk(Delta("{\"content\":\"Hi\"}")),
            Chunk(Delta("{\"content\":\" \\\"\"}")),
            Chunk(Delta("{\"content\":\"you\"}")),
            Chunk(Delta("{\"content\":\"\\\"\"}")),
            Chunk(Delta("{\"content\":\"\"}", "\"finish_reason\":\"stop\",\"stop_reason\":null") + ",\"system_fingerprint\":\"vllm-sim-tp1\""),
            "[DONE]",
        ], await FramesAsync(Answer));
    }

    [Fact]
    public async Task Counts_on_every_chunk_and_once_more_at_the_end_when_asked()
    {
        var frames = await FramesAsync(Answer + ",\"stream_options\":{\"include_usage\":true,\"continuous_usage_stats\":true}");
        Assert.EndsWith("],\"usage\":{\"prompt_tokens\":11,\"total_tokens\":11,\"completion_tokens\":0},\"prompt_token_ids\":null,\"prompt_text\":null}", frames[0]);
        Assert.EndsWith("],\"usage\":{\"prompt_tokens\":11,\"total_tokens\":12,\"completion_tokens\":1}}", frames[1]);
        Assert.Equal(
            Chunk("[],\"usage\":{\"prompt_tokens\":11,\"total_tokens\":16,\"completion_tokens\":5,\"prompt_tokens_details\":{\"cached_tokens\":0}},"
                + "\"system_fingerprint\":\"vllm-sim-tp1\""), frames[^2]);
        Assert.Equal("[DONE]", frames[^1]);
    }

    [Fact]
    public async Task Leaves_usage_out_of_chunks_without_the_continuous_flag() =>
        Assert.All((await FramesAsync(Answer + ",\"stream_options\":{\"include_usage\":true}"))[..^2], frame => Assert.DoesNotContain("usage", frame));

    [Fact]
    public async Task Says_length_on_the_last_token_when_max_tokens_cuts_it()
    {
        var frames = await FramesAsync(Answer + ",\"max_tokens\":2");
        Assert.Equal(Chunk(Delta("{\"content\":\" \\\"\"}", "\"finish_reason\":\"length\",\"stop_reason\":null") + ",\"system_fingerprint\":\"vllm-sim-tp1\""), frames[^2]);
    }

    [Fact]
    public async Task Holds_a_character_back_until_it_is_whole()
    {
        var frames = await FramesAsync(",\"stream\":true,\"vllm_xargs\":{\"sim_answer\":\"🙂é\"}");
        Assert.Equal(Chunk(Delta("{\"content\":\"🙂\"}")), frames[1]);
        Assert.Equal(Chunk(Delta("{\"content\":\"é\"}")), frames[2]);
    }

    [Fact]
    public async Task Shows_held_back_tokens_as_empty_deltas_when_token_ids_are_wanted()
    {
        var frames = await FramesAsync(",\"stream\":true,\"return_token_ids\":true,\"vllm_xargs\":{\"sim_answer\":\"🙂\"}");
        Assert.Contains("\"prompt_token_ids\":[", frames[0]);
        Assert.Equal(Chunk(Delta("{}", ids: "[61855]")), frames[1]);
        Assert.Equal(Chunk(Delta("{\"content\":\"🙂\"}", ids: "[39554]")), frames[2]);
    }

    [Fact]
    public async Task Thinks_in_reasoning_deltas()
    {
        var frames = await FramesAsync(",\"stream\":true,\"vllm_xargs\":{\"sim_answer\":\"Yes\",\"sim_reasoning\":\"Is it\"}");
        Assert.Equal(Chunk(Delta("{\"reasoning\":\"Is\"}")), frames[1]);
        Assert.Equal(Chunk(Delta("{\"reasoning\":\" it\"}")), frames[2]);
        Assert.Equal(Chunk(Delta("{\"content\":\"Yes\"}")), frames[3]);
    }

    [Fact]
    public async Task Hides_thought_and_its_ids_when_told_not_to_include_it()
    {
        var frames = await FramesAsync(
            ",\"stream\":true,\"include_reasoning\":false,\"return_token_ids\":true,\"vllm_xargs\":{\"sim_answer\":\"Yes\",\"sim_reasoning\":\"Is it\"}");
        Assert.Equal(Chunk(Delta("{\"content\":\"Yes\"}")), frames[1]);
    }

    [Theory]
    [InlineData("\"required\"", "tool_calls")]
    [InlineData("{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}", "stop")]
    public async Task Calls_a_tool_name_first_then_arguments(string choice, string finish)
    {
        var frames = await FramesAsync(",\"stream\":true,\"tool_choice\":" + choice
            + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}}}]");
        Assert.Matches("\"delta\":\\{\"tool_calls\":\\[\\{\"id\":\"chatcmpl-tool-[0-9a-f]{16}\",\"type\":\"function\",\"index\":0,\"function\":\\{\"name\":\"weather\"\\}\\}\\]\\}", frames[1]);
        Assert.Equal(Chunk(Delta("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\"}}]}")), frames[2]);
        var arguments = string.Concat(frames[2..^2].Select(frame => JsonDocument.Parse(frame).RootElement.GetProperty("choices")[0]
            .GetProperty("delta").GetProperty("tool_calls")[0].GetProperty("function").GetProperty("arguments").GetString()));
        Assert.Equal("{\"city\":\"example\"}", arguments);
        Assert.Contains($"\"delta\":{{}},\"logprobs\":null,\"finish_reason\":\"{finish}\"", frames[^2]);
    }

    [Fact]
    public async Task Ends_at_a_stop_string_and_names_it()
    {
        var frames = await FramesAsync(",\"stream\":true,\"stop\":\"three\",\"vllm_xargs\":{\"sim_answer\":\"one two three four\"}");
        var text = string.Concat(frames[..^1].Select(frame => JsonDocument.Parse(frame).RootElement.GetProperty("choices")[0].GetProperty("delta").GetProperty("content").GetString()));
        Assert.Equal("one two ", text);
        Assert.Contains("\"finish_reason\":\"stop\",\"stop_reason\":\"three\"", frames[^2]);
    }

    [Fact]
    public async Task Gives_each_choice_its_own_role_chunk_and_finish()
    {
        var frames = await FramesAsync(",\"stream\":true,\"n\":2,\"max_tokens\":3");
        Assert.Contains("\"index\":0,\"delta\":{\"role\"", frames[0]);
        Assert.Contains("\"index\":1,\"delta\":{\"role\"", frames[1]);
        Assert.Equal(2, frames.Count(frame => frame.Contains("\"finish_reason\":\"length\"")));
    }

    [Fact]
    public async Task Logprobs_ride_on_each_chunk()
    {
        var frames = await FramesAsync(",\"stream\":true,\"logprobs\":true,\"top_logprobs\":2,\"vllm_xargs\":{\"sim_answer\":\"Yes\",\"sim_confidence\":0.9}");
        var entry = JsonDocument.Parse(frames[1]).RootElement.GetProperty("choices")[0].GetProperty("logprobs").GetProperty("content")[0];
        Assert.Equal("Yes", entry.GetProperty("token").GetString());
        Assert.InRange(Math.Exp(entry.GetProperty("logprob").GetDouble()), 0.84, 0.96);
        Assert.Equal(2, entry.GetProperty("top_logprobs").GetArrayLength());
        Assert.Equal("Yes", entry.GetProperty("top_logprobs")[0].GetProperty("token").GetString());
    }

    [Fact]
    public async Task Whole_burst_and_single_flushes_are_the_same_bytes() =>
        Assert.Equal(await FramesAsync(Answer), await FramesAsync(Answer, new SimulatorOptions { FlushEachChunk = false }));

    [Fact]
    public async Task Stream_has_vllms_headers_and_the_callers_id()
    {
        await using var replica = await SimulatedReplica.StartAsync(new SimulatorOptions { RequestIdHeaders = true });
        using var http = new HttpClient { BaseAddress = replica.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, Caller.ChatPath)
        {
            Content = new StringContent(Caller.Hello(",\"stream\":true"), System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Request-Id", "abc");
        using var response = await http.SendAsync(request);
        Assert.Equal("text/event-stream; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("abc", response.Headers.GetValues("X-Request-Id").Single());
        Assert.StartsWith("data: {\"id\":\"chatcmpl-abc\",", await response.Content.ReadAsStringAsync());
        Assert.False(response.Headers.Contains("Server"));
    }
}
