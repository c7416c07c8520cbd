using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Gateway.Simulator;

namespace Gateway.Tests.Running;

/// <summary>Everything beside chat: the list of models, pass-through, the admin site.</summary>
public sealed class SideRoutesTests : IAsyncLifetime
{
    private GatewayApplication _gateway = null!;

    public async ValueTask InitializeAsync() =>
        _gateway = await GatewayApplication.StartAsync(pool: pool => pool with { Balancing = "round_robin", ApiKey = "sk-pool" });

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Models_are_listed_with_their_pools_owner_and_context()
    {
        var list = await _gateway.Client.GetFromJsonAsync<JsonElement>("v1/models");
        var models = list.GetProperty("data").EnumerateArray().ToDictionary(model => model.GetProperty("id").GetString()!);
        Assert.Equal(["auto", "small", "large"], models.Keys);
        Assert.Equal(["slm", "llm"], models["auto"].GetProperty("pools").EnumerateArray().Select(pool => pool.GetProperty("name").GetString()));
        Assert.Equal(("vllm", 32768), (models["small"].GetProperty("owned_by").GetString(), models["small"].GetProperty("max_model_len").GetInt32()));
        var one = await _gateway.Client.GetFromJsonAsync<JsonElement>("v1/models/openai/small");
        Assert.Equal("openai/small", one.GetProperty("id").GetString());
        using var none = await _gateway.Client.GetAsync("v1/models/nope");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Equal("model_not_found", (await ChatTests.ErrorAsync(none)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("v1/completions", """{"model":"small","prompt":"x","max_tokens":3}""")]
    [InlineData("v1/embeddings", """{"input":"x","model":"openai/small"}""")]
    [InlineData("tokenize", """{"model":"small","prompt":"x"}""")]
    public async Task Other_routes_pass_through_to_the_pool_that_the_model_names(string path, string body)
    {
        using var response = await _gateway.PostAsync(path, body, ("Authorization", "Bearer sk-caller"), ("X-Forwarded-For", "1.2.3.4"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("slm", ChatTests.Header(response, "x-gateway-pool"));
        var sent = _gateway.Slm.SelectMany(replica => replica.Received).Single(request => request.Path == "/" + path);
        Assert.Equal("Bearer sk-pool", sent.Headers["Authorization"]);
        Assert.False(sent.Headers.ContainsKey("X-Forwarded-For"));
        Assert.Contains("\"Qwen/Qwen3-8B\"", Encoding.UTF8.GetString(sent.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_streamed_completion_passes_through()
    {
        using var response = await _gateway.PostAsync("v1/completions", """{"model":"small","prompt":"x","max_tokens":3,"stream":true}""");
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.EndsWith("data: [DONE]\n\n", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_names_its_model_in_a_field()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "file", "a.wav" }, { new StringContent("small"), "model" } };
        using var response = await _gateway.Client.PostAsync("v1/audio/transcriptions", form);
        // The simulator speaks no audio: what matters is that the form got there with the pool's model in it.
        Assert.Equal("slm", ChatTests.Header(response, "x-gateway-pool"));
    }

    [Fact]
    public async Task A_replica_that_cannot_be_reached_is_replaced()
    {
        await _gateway.Slm[0].KillAsync();
        for (var i = 0; i < 4; i++)
        {
            using var response = await _gateway.PostAsync("v1/completions", """{"model":"small","prompt":"x","max_tokens":3}""");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(_gateway.Slm[1].Address.Authority, ChatTests.Header(response, "x-gateway-replica"));
        }
    }

    [Theory]
    [InlineData("v1/completions", """{"prompt":"x"}""", 400, "missing_field")]
    [InlineData("v1/completions", """{"model":"nope","prompt":"x"}""", 404, "model_not_found")]
    [InlineData("v1/completions", """{"model":"small","model":"large"}""", 400, "duplicate_field")]
    [InlineData("v1/load_lora_adapter", """{"model":"small"}""", 404, "unknown_url")]
    [InlineData("sleep", """{"model":"small"}""", 404, "unknown_url")]
    [InlineData("metrics", """{"model":"small"}""", 404, "unknown_url")]
    public async Task What_is_not_on_the_list_or_names_no_model_is_refused(string path, string body, int status, string code)
    {
        using var response = await _gateway.PostAsync(path, body);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(code, (await ChatTests.ErrorAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Ready_only_while_every_required_pool_has_a_replica()
    {
        using var admin = new HttpClient { BaseAddress = _gateway.Admin };
        await CallerTests.UntilAsync(() => admin.GetAsync("readyz").GetAwaiter().GetResult().StatusCode == HttpStatusCode.OK);
        await _gateway.Llm[0].KillAsync();
        await CallerTests.UntilAsync(() => admin.GetAsync("readyz").GetAwaiter().GetResult().StatusCode == HttpStatusCode.ServiceUnavailable);
        Assert.Contains("llm: 0 of 1 replicas", await admin.GetStringAsync("livez") + await (await admin.GetAsync("readyz")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("gateway_requests_total", await admin.GetStringAsync("metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pool_key_is_sent_and_the_callers_never()
    {
        _gateway.Slm[0].Faults.Always = Fault.Status(401);
        using var response = await _gateway.ChatAsync(Ask.Chat(model: "small"), ("Authorization", "Bearer sk-caller"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var sent = _gateway.Slm[1].Received.Single(request => request.Path == "/v1/chat/completions");
        Assert.Equal("Bearer sk-pool", sent.Headers["Authorization"]);
    }
}
