using System.Net;
using Gateway.Configuration;
using Gateway.Tests.Running;

namespace Gateway.Tests.Cache;

/// <summary>What is answered from the cache, what is not, and what the headers say of it.</summary>
public sealed class CacheTests : IAsyncLifetime
{
    private const string Picture =
        """{"model":"auto","messages":[{"role":"user","content":[{"type":"text","text":"What is it?"},{"type":"image_url","image_url":{"url":"data:,"}}]}]}""";

    private const string ToolLoop =
        """{"model":"auto","messages":[{"role":"user","content":"List it."},{"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"ls","arguments":"{}"}}]},{"role":"tool","tool_call_id":"1","content":"a b"}]}""";

    private GatewayApplication _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await CachedGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task The_same_request_is_answered_again_without_a_replica()
    {
        using var first = await _gateway.ChatAsync(Ask.Chat());
        Assert.Equal("miss", ChatTests.Header(first, CachedGateway.Header));
        var original = await first.Content.ReadAsStringAsync();
        await _gateway.SettleAsync();
        var sent = _gateway.Sent();
        using var second = await _gateway.ChatAsync(Ask.Chat());
        Assert.Equal("hit exact", ChatTests.Header(second, CachedGateway.Header));
        Assert.Equal(sent, _gateway.Sent());
        Assert.Equal("slm", ChatTests.Header(second, "x-gateway-pool"));
        Assert.Equal("Qwen/Qwen3-8B", ChatTests.Header(second, "x-gateway-model"));
        Assert.Equal("0", ChatTests.Header(second, "x-gateway-cost-usd"));
        Assert.NotNull(second.Headers.Age);
        Assert.False(second.Headers.Contains("x-gateway-replica"));
        // All but the id, which is this request's own, is the same to the byte.
        var id = ChatTests.Header(second, "x-gateway-request-id");
        var again = await second.Content.ReadAsStringAsync();
        Assert.Equal(original[original.IndexOf("\",\"object\"", StringComparison.Ordinal)..], again[again.IndexOf("\",\"object\"", StringComparison.Ordinal)..]);
        Assert.StartsWith($$"""{"id":"chatcmpl-{{id}}","object":""", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_order_of_the_members_and_the_way_of_delivery_make_no_difference()
    {
        const string Turned = """{"temperature":0.5,"messages":[{"role":"user","content":"Why?"}],"model":"auto"}""";
        const string Usual = """{"model":"auto","messages":[{"role":"user","content":"Why?"}],"stream":false,"temperature":0.5}""";
        Assert.Equal("hit exact", await _gateway.AfterAsync(Turned, Usual));
        Assert.Equal("hit exact", await _gateway.OutcomeAsync(Usual.Replace("false", "true,\"stream_options\":{\"include_usage\":true}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Names_of_one_model_share()
    {
        Assert.Equal("hit exact", await _gateway.AfterAsync(Ask.Chat(model: "gpt-4o"), Ask.Chat(model: "gpt-5")));
        Assert.Equal("miss", await _gateway.OutcomeAsync(Ask.Chat(model: "small")));
    }

    [Theory]
    [InlineData("\"temperature\":1.2", "bypass temperature")]
    [InlineData("\"n\":2", "bypass n > 1")]
    [InlineData("\"stream\":true,\"stream_options\":{\"include_usage\":true,\"continuous_usage_stats\":true}", "bypass stream options")]
    [InlineData("\"stream_options\":{\"include_usage\":true}", "bypass stream options")]
    public async Task What_is_not_to_be_shared_passes_by_and_says_why(string more, string outcome) =>
        Assert.Equal(outcome, await _gateway.AfterAsync(Ask.Chat(more: more), Ask.Chat(more: more)));

    [Theory]
    [InlineData(Picture, "bypass attachments")]
    [InlineData(ToolLoop, "bypass tool loop")]
    public async Task Pictures_and_tool_loops_pass_by(string body, string outcome) => Assert.Equal(outcome, await _gateway.AfterAsync(body, body));

    [Theory]
    [InlineData("x-gateway-cache", "bypass", "bypass caller")]
    [InlineData("x-gateway-cache", "whatever", "bypass caller")]
    [InlineData("Cache-Control", "no-store", "bypass caller")]
    [InlineData("Cache-Control", "max-age=0, no-cache", "refresh")]
    [InlineData("x-gateway-cache", "refresh", "refresh")]
    [InlineData("x-gateway-pool", "llm", "miss")]
    [InlineData("Accept-Language", "de", "hit exact")]
    public async Task A_caller_steers_by_headers(string name, string value, string outcome) =>
        Assert.Equal(outcome, await _gateway.AfterAsync(Ask.Chat(), Ask.Chat(), (name, value)));

    [Fact]
    public async Task What_is_refreshed_is_kept_in_place_of_what_there_was()
    {
        await _gateway.AfterAsync(Ask.Chat(), Ask.Chat(), ("x-gateway-cache", "refresh"));
        await _gateway.SettleAsync();
        var sent = _gateway.Sent();
        Assert.Equal("hit exact", await _gateway.OutcomeAsync(Ask.Chat()));
        Assert.Equal(sent, _gateway.Sent());
    }

    [Theory]
    [InlineData("\"max_tokens\":4")]
    [InlineData("\"max_tokens\":4,\"stream\":true")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}],\"tool_choice\":\"required\"")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}],\"tool_choice\":\"required\",\"stream\":true")]
    public async Task Truncated_answers_and_tool_calls_are_not_kept(string more) =>
        Assert.Equal("miss", await _gateway.AfterAsync(Ask.Chat(more: more), Ask.Chat(more: more)));

    [Fact]
    public async Task Errors_are_not_kept()
    {
        const string Odd = """{"model":"auto","messages":[{"role":"user","content":"Why?"}],"max_tokens":-1}""";
        using var refused = await _gateway.ChatAsync(Odd);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        await _gateway.SettleAsync();
        Assert.Equal("miss", await _gateway.OutcomeAsync(Odd));
    }

    [Fact]
    public async Task The_log_and_the_metrics_tell_what_a_hit_saved()
    {
        await using var gateway = await CachedGateway.StartAsync(
            options: all => all with { Models = new Dictionary<string, ModelOptions> { ["saver"] = new() { Pool = "slm" } }, Aliases = new Dictionary<string, string>() },
            pool: pool => pool with { Price = new() { Input = 1_000_000, Output = 1_000_000 } });
        var body = Ask.Chat(model: "saver");
        using var first = await gateway.ChatAsync(body);
        var cost = decimal.Parse(ChatTests.Header(first, "x-gateway-cost-usd"));
        for (var i = 0; i < 500 && await gateway.OutcomeAsync(body) != "hit exact"; i++)
            await Task.Delay(5);
        using var admin = new HttpClient();
        var metrics = await admin.GetStringAsync(new Uri(gateway.Admin, "metrics"), TestContext.Current.CancellationToken);
        Assert.Contains($"gateway_cache_saved_usd_total{{model=\"saver\"}} {cost}", metrics, StringComparison.Ordinal);
        Assert.Contains("gateway_cache_requests_total{model=\"saver\",outcome=\"hit_exact\"} 1", metrics, StringComparison.Ordinal);
        await gateway.Log.RequestAsync(2);
        Assert.Contains(gateway.Log.Lines, line => line.Contains("cost_usd=0 cache=hit exact", StringComparison.Ordinal));
    }
}
