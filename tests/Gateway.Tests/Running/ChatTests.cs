using System.Net;
using System.Text;
using System.Text.Json;

namespace Gateway.Tests.Running;

public sealed class ChatTests : IAsyncLifetime
{
    private GatewayApplication _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await GatewayApplication.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData(Ask.Easy, "slm", "Qwen/Qwen3-8B")]
    [InlineData(Ask.Hard, "llm", "zai-org/GLM-5-FP8")]
    public async Task The_complexity_of_the_ask_picks_the_pool_and_the_headers_say_so(string ask, string pool, string model)
    {
        using var response = await _gateway.ChatAsync(Ask.Chat(ask: ask));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(pool, Header(response, "x-gateway-pool"));
        Assert.Equal(model, Header(response, "x-gateway-model"));
        Assert.Equal("1", Header(response, "x-gateway-attempts"));
        Assert.StartsWith("complexity 0.", Header(response, "x-gateway-route"), StringComparison.Ordinal);
        Assert.StartsWith("req-", Header(response, "x-gateway-request-id"), StringComparison.Ordinal);
        Assert.True(long.Parse(Header(response, "x-gateway-overhead-us")) >= 0);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(model, answer.RootElement.GetProperty("model").GetString());
    }

    [Fact]
    public async Task A_stream_arrives_as_the_upstream_sent_it_without_the_usage_nobody_asked_for()
    {
        using var response = await _gateway.ChatAsync(Ask.Chat(stream: true, more: "\"max_tokens\":4"));
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var events = await Events.ReadAsync(response);
        Assert.True(events.IsDone);
        Assert.Equal(["length"], events.FinishReasons);
        Assert.DoesNotContain(events.Chunks, chunk => chunk.TryGetProperty("usage", out _));
        Assert.Contains("\"include_usage\":true", Sent(), StringComparison.Ordinal);
        Assert.Contains("completion_tokens=4", await _gateway.Log.RequestAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_that_asks_for_usage_gets_it()
    {
        using var response = await _gateway.ChatAsync(Ask.Chat(stream: true, more: "\"max_tokens\":4,\"stream_options\":{\"include_usage\":true}"));
        var events = await Events.ReadAsync(response);
        Assert.Equal(4, events.Chunks.Last().GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public async Task Unknown_fields_arrive_upstream_byte_for_byte()
    {
        const string Odd = "\"zzz\": {\"a\" : [1.0e+2, \"\\u00e9é\", null] },\"chat_template_kwargs\":{\"enable_thinking\":false}";
        using var response = await _gateway.ChatAsync(Ask.Chat(more: Odd));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Ask.Chat(model: "Qwen/Qwen3-8B", more: Odd), Sent());
    }

    [Theory]
    [InlineData("openai/auto")]
    [InlineData("openai/openai/auto")]
    [InlineData("gpt-4o-mini")]
    public async Task Names_that_clients_make_up_lead_to_the_model(string model)
    {
        using var response = await _gateway.ChatAsync(Ask.Chat(model: model));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task An_unknown_model_is_404_and_lists_what_exists()
    {
        using var response = await _gateway.ChatAsync(Ask.Chat(model: "nope"));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var error = await ErrorAsync(response);
        Assert.Equal("model_not_found", error.GetProperty("code").GetString());
        Assert.EndsWith("Known models: auto, small, large.", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_may_name_the_pool()
    {
        using var response = await _gateway.ChatAsync(Ask.Chat(), ("x-gateway-pool", "llm"));
        Assert.Equal("llm", Header(response, "x-gateway-pool"));
        Assert.Equal("caller named the pool", Header(response, "x-gateway-route"));
        using var refused = await _gateway.ChatAsync(Ask.Chat(), ("x-gateway-pool", "xxl"));
        Assert.Equal("pool_not_found", (await ErrorAsync(refused)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Credentials_cookies_and_forwarding_headers_stay_here()
    {
        using var response = await _gateway.ChatAsync(
            Ask.Chat(), ("Authorization", "Bearer sk-caller"), ("Cookie", "a=b"), ("X-Forwarded-For", "1.2.3.4"), ("X-Vllm-Priority", "-9"),
            ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), ("X-Request-Id", "mine-1"));
        Assert.Equal("mine-1", Header(response, "x-gateway-request-id"));
        var sent = _gateway.Slm.SelectMany(replica => replica.Received).Single(request => request.Path == "/v1/chat/completions");
        var names = sent.Headers.Keys.Select(name => name.ToLowerInvariant()).Order().ToList();
        Assert.Equal(["content-length", "content-type", "host", "traceparent", "via", "x-request-id"], names);
        Assert.Equal("mine-1", sent.Headers["X-Request-Id"]);
    }

    [Fact]
    public async Task A_priced_answer_says_what_it_cost()
    {
        await using var priced = await GatewayApplication.StartAsync(
            pool: pool => pool with { Price = new() { Input = 1_000_000, Output = 2_000_000, CachedInput = 0 } });
        using var response = await priced.ChatAsync(Ask.Chat(more: "\"max_tokens\":4"));
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var usage = answer.RootElement.GetProperty("usage");
        Assert.Equal(usage.GetProperty("prompt_tokens").GetInt32() + 8, int.Parse(Header(response, "x-gateway-cost-usd")));
    }

    [Fact]
    public async Task Prompt_text_is_never_logged()
    {
        using var plain = await _gateway.ChatAsync(Ask.Chat(ask: "my secret is xyzzy42"));
        using var wrong = await _gateway.ChatAsync("""{"model":"auto","messages":[{"role":"user","content":{"xyzzy42":1}}]}""");
        using var stream = await _gateway.ChatAsync(Ask.Chat(stream: true, ask: "xyzzy42"));
        await Events.ReadAsync(stream);
        await _gateway.Log.RequestAsync(3);
        Assert.DoesNotContain(_gateway.Log.Lines, line => line.Contains("xyzzy42", StringComparison.Ordinal));
    }

    internal static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));

    internal static async Task<JsonElement> ErrorAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error");
        Assert.Equal(["message", "type", "param", "code"], error.EnumerateObject().Select(member => member.Name));
        return error;
    }

    private string Sent() =>
        Encoding.UTF8.GetString(_gateway.Slm.SelectMany(replica => replica.Received).Single(request => request.Path == "/v1/chat/completions").Body.Span);
}
