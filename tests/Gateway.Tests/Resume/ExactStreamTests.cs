using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gateway.Configuration;
using Gateway.Simulator;
using Gateway.Tests.Running;

namespace Gateway.Tests.Resume;

/// <summary>Streams that carry their tokens' ids as far as the gateway: they go on behind the very token, and their callers see none of it.</summary>
public sealed class ExactStreamTests
{
    private static readonly ResumeOptions Exact = new() { Exact = true };

    public static TheoryData<string, string> Phases => SeamlessStreamTests.Phases;

    [Theory]
    [MemberData(nameof(Phases))]
    public async Task The_seam_is_invisible_in_every_phase(string phase, string fault)
    {
        var (more, replica, first, last) = SeamlessStreamTests.Bodies[phase];
        await using var lane = await Lane.StartAsync(replica, Exact);
        await lane.EachAsync(Body(more), fault, Enumerable.Range(first, last - first + 1));
    }

    /// <summary>Which of the phases go by ids, and which have to go another way: at the second replica it shows.</summary>
    [Theory]
    [InlineData("content", 50, "/v1/completions", "")]
    [InlineData("characters of many bytes", 4, "/v1/completions", "")]
    [InlineData("white space, not trimmed", 3, "/v1/completions", "")]
    [InlineData("hidden thought", 5, "/v1/completions", "")]
    [InlineData("hidden thought", 25, "/v1/completions", "")]
    [InlineData("content after thought", 25, "/v1/completions", "")]
    [InlineData("thought", 40, "/v1/completions", "")]
    [InlineData("thought before a tool call", 10, "/v1/completions,/v1/chat/completions", "")]
    [InlineData("a stop string", 6, "/detokenize,/v1/completions", "")]
    [InlineData("a tool call", 30, "/v1/chat/completions", "")]
    [InlineData("JSON", 8, "/v1/chat/completions", "structured")]
    public async Task It_goes_by_ids_and_nothing_is_rendered_or_tokenized(string phase, int cut, string paths, string reason)
    {
        var (more, replica, _, _) = SeamlessStreamTests.Bodies[phase];
        await using var lane = await Lane.StartAsync(replica, Exact);
        var whole = await lane.WholeAsync(Body(more));
        Assert.Equal(whole, await lane.BrokenAsync(Body(more), $"cut-after={cut}") with { Resumes = 0 });
        var asked = lane.Gateway.Slm[1].Received;
        Assert.Equal(paths, string.Join(',', asked.Select(request => request.Path).Distinct()));
        if (paths.Contains("/v1/completions", StringComparison.Ordinal))
        {
            using var body = JsonDocument.Parse(asked.First(request => request.Path == "/v1/completions").Body);
            Assert.Equal(JsonValueKind.Number, body.RootElement.GetProperty("prompt")[0].ValueKind);
        }

        if (reason.Length > 0)
            await CountsAsync(lane, reason);
    }

    [Theory]
    [InlineData("content")]
    [InlineData("thought")]
    [InlineData("content after thought")]
    [InlineData("hidden thought")]
    [InlineData("a tool call")]
    [InlineData("characters of many bytes")]
    public async Task While_nothing_breaks_the_caller_gets_the_bytes_that_it_would_have_got(string phase)
    {
        var (more, replica, _, _) = SeamlessStreamTests.Bodies[phase];
        await using var plain = await Lane.StartAsync(replica);
        await using var exact = await Lane.StartAsync(replica, Exact);
        Assert.Equal(await RawAsync(plain, Body(more)), await RawAsync(exact, Body(more)));
        Assert.Contains("\"return_token_ids\":true", Encoding.UTF8.GetString(exact.Gateway.Slm[0].Received[^1].Body.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("content")]
    [InlineData("thought")]
    [InlineData("characters of many bytes")]
    public async Task A_caller_who_wants_the_ids_gets_each_of_them_once(string phase)
    {
        var (more, replica, first, _) = SeamlessStreamTests.Bodies[phase];
        await using var lane = await Lane.StartAsync(replica, Exact);
        var body = Body("\"return_token_ids\":true," + more);
        var whole = await lane.WholeAsync(body);
        Assert.Equal(int.Parse(whole.Usage.Split('+', '=')[1]), whole.Ids.Split(',').Length);
        await lane.EachAsync(body, "cut-after", Enumerable.Range(first, 25));
    }

    [Fact]
    public async Task It_goes_by_ids_again_when_the_second_replica_breaks_as_well()
    {
        await using var gateway = await GatewayApplication.StartAsync(
            slm: 3, replica: new SimulatorOptions { ReasoningTokens = 20 }, pool: pool => pool with { Breaker = new() { Faults = 1000 } }, options: options => options with { Resume = Exact });
        Stream.Know(gateway);
        var body = Body("\"max_tokens\":80,\"vllm_xargs\":{\"sim_tokens\":70}");
        var whole = await Stream.ReadAsync(gateway, body);
        foreach (var (first, second) in new[] { (5, 4), (5, 30), (30, 7), (40, 1) })
        {
            foreach (var replica in gateway.Slm)
                replica.Faults.Always = null;
            gateway.Slm[0].Faults.Always = Fault.CutAfter(first);
            gateway.Slm[1].Faults.Always = Fault.CutAfter(second);
            var stream = await Stream.ReadAsync(gateway, body);
            Assert.Equal(whole, stream with { Resumes = 0 });
        }

        Assert.DoesNotContain(gateway.Slm.SelectMany(replica => replica.Received), request => request.Path is "/tokenize" or "/v1/chat/completions/render");
    }

    [Fact]
    public async Task What_shapes_the_sampling_goes_along_and_what_only_a_chat_has_stays_behind()
    {
        await using var lane = await Lane.StartAsync(resume: Exact);
        var body = Body("\"max_tokens\":60,\"min_tokens\":30,\"temperature\":0.3,\"top_k\":4,\"seed\":7,\"bad_words\":[\"x\"],\"truncate_prompt_tokens\":500,\"priority\":0,\"vllm_xargs\":{\"sim_tokens\":70}");
        await lane.BrokenAsync(body, "cut-after=21");
        using var sent = JsonDocument.Parse(lane.Gateway.Slm[1].Received.Single(request => request.Path == "/v1/completions").Body);
        var root = sent.RootElement;
        Assert.Equal((39, 9), (root.GetProperty("max_tokens").GetInt32(), root.GetProperty("min_tokens").GetInt32()));
        Assert.Equal((0.3, 4, 7), (root.GetProperty("temperature").GetDouble(), root.GetProperty("top_k").GetInt32(), root.GetProperty("seed").GetInt32()));
        Assert.Equal("x", root.GetProperty("bad_words")[0].GetString());
        Assert.True(root.GetProperty("return_token_ids").GetBoolean());
        Assert.False(root.TryGetProperty("truncate_prompt_tokens", out _));
        Assert.False(root.TryGetProperty("messages", out _));
        Assert.Equal(19 + 21, root.GetProperty("prompt").GetArrayLength());
    }

    [Fact]
    public async Task A_replica_without_ids_is_continued_as_text_and_that_is_counted()
    {
        await using var lane = await Lane.StartAsync(new SimulatorOptions { TokenIds = false }, Exact);
        await lane.EachAsync(Body("\"vllm_xargs\":{\"sim_tokens\":40}"), "cut-after", [3, 17]);
        Assert.DoesNotContain(lane.Gateway.Slm[1].Received, request => request.Path == "/v1/completions");
        await CountsAsync(lane, "no_ids");
    }

    [Fact]
    public async Task A_replica_that_is_not_known_to_have_them_is_not_asked()
    {
        await using var lane = await Lane.StartAsync(resume: Exact);
        Stream.Know(lane.Gateway, returnsIds: false);
        await lane.EachAsync(Body("\"vllm_xargs\":{\"sim_tokens\":40}"), "cut-after", [3, 17]);
        Assert.DoesNotContain("return_token_ids", Encoding.UTF8.GetString(lane.Gateway.Slm[0].Received[^1].Body.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status=400")]
    [InlineData("status=404")]
    public async Task A_replica_that_refuses_ids_is_asked_to_continue_the_chat(string refusal)
    {
        await using var lane = await Lane.StartAsync(resume: Exact);
        var body = Body("\"vllm_xargs\":{\"sim_tokens\":40}");
        var whole = await lane.WholeAsync(body);
        lane.Gateway.Slm[1].Faults.Next(Fault.Parse(refusal));
        Assert.Equal(whole with { Resumes = 1 }, await lane.BrokenAsync(body, "cut-after=12"));
        Assert.Equal(["/v1/completions", "/v1/chat/completions"], lane.Gateway.Slm[1].Received.Select(request => request.Path));
        await CountsAsync(lane, "refused");
    }

    /// <summary>Ids stand for an image's place in the prompt, and a raw completion would go on without the image.</summary>
    [Fact]
    public async Task A_prompt_with_an_image_goes_on_as_a_chat()
    {
        await using var lane = await Lane.StartAsync(resume: Exact);
        const string body = """{"model":"small","stream":true,"messages":[{"role":"user","content":[{"type":"text","text":"What?"},{"type":"image_url","image_url":{"url":"data:,x"}}]}],"vllm_xargs":{"sim_tokens":40}}""";
        await lane.EachAsync(body, "cut-after", [3, 17]);
        Assert.DoesNotContain(lane.Gateway.Slm[1].Received, request => request.Path == "/v1/completions");
        await CountsAsync(lane, "attachments");
    }

    [Fact]
    public async Task A_thought_with_an_image_or_a_budget_before_it_ends_with_an_error()
    {
        await using var lane = await Lane.StartAsync(new SimulatorOptions { ReasoningTokens = 30 }, Exact);
        const string image = """{"model":"small","stream":true,"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:,x"}}]}]}""";
        Assert.Contains("cut off", (await lane.BrokenAsync(image, "cut-after=12")).Error, StringComparison.Ordinal);
        var budget = Ask.Chat(stream: true, model: "small", more: "\"thinking_token_budget\":50");
        Assert.Contains("cut off", (await lane.BrokenAsync(budget, "cut-after=12")).Error, StringComparison.Ordinal);
        Assert.Null((await lane.BrokenAsync(budget, "cut-after=40")).Error);
    }

    private static string Body(string more) => Ask.Chat(stream: true, model: "small", more: $"{SeamlessStreamTests.Usage},{more}");

    /// <summary>All frames of a stream, without what differs from one to the next.</summary>
    private static async Task<string> RawAsync(Lane lane, string body)
    {
        using var response = await lane.Gateway.ChatAsync(body);
        var text = await response.Content.ReadAsStringAsync();
        using var opening = JsonDocument.Parse(text.Split('\n')[0]["data: ".Length..]);
        var id = opening.RootElement.GetProperty("id").GetString()!;
        text = Regex.Replace(text, "chatcmpl-tool-[0-9a-f]+", "CALL");
        return text.Replace(id, "ID", StringComparison.Ordinal).Replace($"\"created\":{opening.RootElement.GetProperty("created")}", "", StringComparison.Ordinal);
    }

    private static async Task CountsAsync(Lane lane, string reason)
    {
        using var caller = new HttpClient();
        var metrics = await caller.GetStringAsync(new Uri(lane.Gateway.Admin, "metrics"));
        Assert.Contains($"gateway_resumed_inexactly_total{{pool=\"slm\",reason=\"{reason}\"}}", metrics, StringComparison.Ordinal);
    }
}
