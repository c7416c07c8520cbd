using System.Net.Http.Headers;

namespace Gateway.Simulator.Tests;

public sealed class ValidationTests
{
    private const string Messages = "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";

    [Theory]
    [InlineData("{\"messages\":", 400, "Bad Request", "body", "JSON decode error")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"\\ud800\"}]}", 400, "Bad Request", "body", "JSON decode error")]
    [InlineData("[]", 400, "Bad Request", "body", "valid dictionary")]
    [InlineData("{}", 400, "Bad Request", "body.messages", "Field required")]
    [InlineData("{\"messages\":3}", 400, "Bad Request", "body.messages", "valid list")]
    [InlineData("{\"messages\":[{\"content\":\"x\"}]}", 400, "Bad Request", "body.messages", "Field required")]
    [InlineData("{" + Messages + ",\"max_tokens\":\"many\"}", 400, "Bad Request", "body.max_tokens", "valid integer")]
    [InlineData("{" + Messages + ",\"stream\":\"perhaps\"}", 400, "Bad Request", "body.stream", "valid boolean")]
    [InlineData("{" + Messages + ",\"tools\":[]}", 400, "Bad Request", "tools", "`tools` must not be an empty array. Either provide at least one tool or omit the field entirely.")]
    [InlineData("{" + Messages + ",\"tool_choice\":\"auto\"}", 400, "Bad Request", "tool_choice", "When using `tool_choice`, `tools` must be set.")]
    [InlineData("{" + Messages + ",\"stream_options\":{\"include_usage\":true}}", 400, "Bad Request", "stream_options", "Stream options can only be defined when `stream=True`.")]
    [InlineData("{" + Messages + ",\"top_logprobs\":2}", 400, "Bad Request", "top_logprobs", "`logprobs` must be set to true")]
    [InlineData("{" + Messages + ",\"stop\":[\"a\",\"b\",\"c\",\"d\",\"e\"]}", 400, "Bad Request", "body.stop", "at most 4 items")]
    [InlineData("{" + Messages + ",\"response_format\":{\"type\":\"json_schema\"}}", 400, "Bad Request", "response_format", "must be provided")]
    [InlineData("{" + Messages + ",\"priority\":1}", 400, "BadRequestError", "priority", "Priority scheduling is not enabled")]
    [InlineData("{" + Messages + ",\"model\":\"gpt-9\"}", 404, "NotFoundError", "model", "The model `gpt-9` does not exist.")]
    public async Task Refusals_are_vllms(string body, int status, string type, string param, string message)
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        var error = (await caller.JsonAsync(Caller.ChatPath, body, status: status)).GetProperty("error");
        Assert.Equal(type, error.GetProperty("type").GetString());
        Assert.Equal(param, error.GetProperty("param").GetString());
        Assert.Contains(message, error.GetProperty("message").GetString());
        Assert.Equal(status, error.GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task A_priority_is_taken_where_the_queue_goes_by_it()
    {
        await using var replica = await SimulatedReplica.StartAsync(new SimulatorOptions { PriorityScheduling = true });
        using var caller = new Caller(replica);
        await caller.JsonAsync(Caller.ChatPath, "{" + Messages + ",\"priority\":-5}");
    }

    [Fact]
    public async Task Prompt_and_answer_that_do_not_fit_are_told_apart_by_the_numbers()
    {
        await using var replica = await SimulatedReplica.StartAsync(new SimulatorOptions { MaxModelLen = 100 });
        using var caller = new Caller(replica);
        Assert.Equal(
            "{\"error\":{\"message\":\"This model's maximum context length is 100 tokens. However, you requested 90 output tokens and your prompt contains at least "
            + "11 input tokens, for a total of at least 101 tokens. Please reduce the length of the input prompt or the number of requested output tokens. "
            + "(parameter=input_tokens, value=11)\",\"type\":\"BadRequestError\",\"param\":\"input_tokens\",\"code\":400}}",
            (await caller.TextAsync(Caller.ChatPath, "{" + Messages.Replace("Hello", "Hello Hello") + ",\"max_tokens\":90}", status: 400)));
        Assert.Contains("you requested 0 output tokens and your prompt contains at least 101 input tokens", await caller.TextAsync(
            Caller.ChatPath, Caller.Hello().Replace("Hello", new string('7', 1000)), status: 400));
    }

    [Fact]
    public async Task Answer_without_a_limit_stops_at_the_context()
    {
        await using var replica = await SimulatedReplica.StartAsync(new SimulatorOptions { MaxModelLen = 20 });
        using var caller = new Caller(replica);
        var reply = await caller.JsonAsync(Caller.ChatPath, Caller.Hello());
        Assert.Equal(20, reply.GetProperty("usage").GetProperty("total_tokens").GetInt32());
        Assert.Equal("length", reply.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task Unknown_fields_are_ignored()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        await caller.TextAsync(Caller.ChatPath, Caller.Hello(",\"guided_json\":{},\"temperatur\":3,\"user\":\"me\""));
    }

    [Fact]
    public async Task Content_type_has_to_be_json()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var http = new HttpClient { BaseAddress = replica.Address };
        using var content = new StringContent(Caller.Hello());
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        using var response = await http.PostAsync(Caller.ChatPath, content);
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains("\"Bad Request\"", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Key_guards_v1_and_nothing_else()
    {
        await using var replica = await SimulatedReplica.StartAsync(new SimulatorOptions { ApiKey = "secret" });
        using var caller = new Caller(replica);
        Assert.Equal("{\"error\":\"Unauthorized\"}", await caller.TextAsync(Caller.ChatPath, Caller.Hello(), status: 401));
        await caller.GetAsync("/health");
        await caller.TextAsync("/tokenize", "{\"prompt\":\"x\"}");
        using var http = new HttpClient { BaseAddress = replica.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "secret");
        Assert.Equal(200, (int)(await http.GetAsync("/v1/models")).StatusCode);
    }

    [Fact]
    public async Task Rust_front_end_has_string_codes()
    {
        await using var replica = await SimulatedReplica.StartAsync(new SimulatorOptions { Dialect = ErrorDialect.Rust });
        using var caller = new Caller(replica);
        var error = (await caller.JsonAsync(Caller.ChatPath, Caller.Hello(",\"model\":\"x\""), status: 404)).GetProperty("error");
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.Equal("model_not_found", error.GetProperty("code").GetString());
        error = (await caller.JsonAsync(Caller.ChatPath, "{", status: 400)).GetProperty("error");
        Assert.Equal("json_parse_error", error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Unknown_paths_and_methods_answer_as_starlette_does()
    {
        await using var replica = await SimulatedReplica.StartAsync();
        using var caller = new Caller(replica);
        Assert.Equal("{\"detail\":\"Not Found\"}", await caller.GetAsync("/v1/nothing", 404));
        Assert.Equal("{\"detail\":\"Method Not Allowed\"}", await caller.GetAsync(Caller.ChatPath, 405));
    }

    [Fact]
    public async Task Options_that_make_no_sense_are_all_named_at_once()
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => SimulatedReplica.StartAsync(
            new SimulatorOptions { TimeScale = 0, Performance = PerformanceModel.Small8B with { KvBlocks = 10 } }));
        Assert.Contains("TimeScale is 0", refused.Message);
        Assert.Contains("KvBlocks is 10", refused.Message);
    }
}
