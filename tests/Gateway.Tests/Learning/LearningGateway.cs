using System.Net.Http.Json;
using System.Text.Json;
using Gateway.Configuration;
using Gateway.Tests.Running;

namespace Gateway.Tests.Learning;

/// <summary>A gateway that learns, what is said to it, and what its admin listener says of what it learned.</summary>
internal sealed class LearningGateway(GatewayApplication gateway) : IAsyncDisposable
{
    private readonly HttpClient _admin = new() { BaseAddress = gateway.Admin };

    public GatewayApplication Gateway { get; } = gateway;

    public static async Task<LearningGateway> StartAsync(
        Func<LearningOptions, LearningOptions>? learning = null, StateOptions? state = null, Func<PoolOptions, PoolOptions>? pool = null) =>
        new(await GatewayApplication.StartAsync(slm: 1, pool: pool, options: options => options with
        {
            Routing = options.Routing with { Scorer = "learned", Learning = learning?.Invoke(new LearningOptions()) ?? new LearningOptions() },
            State = state ?? options.State,
        }));

    /// <summary>Asks, and gives the answer's request id and pool.</summary>
    public async Task<(string Id, string Pool)> AskAsync(string ask, bool stream = false, string? more = null)
    {
        using var response = await Gateway.ChatAsync(Ask.Chat(stream, ask: ask, more: more ?? "\"max_tokens\":4"));
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsStringAsync();
        return (ChatTests.Header(response, "x-gateway-request-id"), ChatTests.Header(response, "x-gateway-pool"));
    }

    public Task<HttpResponseMessage> SayAsync(string body) => Gateway.PostAsync("v1/feedback", body);

    /// <summary>Scores an answer as soon as its account is closed, which is a moment after the caller has it.</summary>
    public async Task ScoreAsync(string id, double score)
    {
        for (var i = 0; i < 200; i++)
        {
            using var response = await SayAsync(JsonSerializer.Serialize(new { request_id = id, score }));
            if (response.IsSuccessStatusCode)
                return;
            await Task.Delay(10);
        }

        Assert.Fail($"no feedback could be given for {id}");
    }

    public async Task<JsonElement> LearnedAsync(string model = "auto")
    {
        var learning = await _admin.GetFromJsonAsync<JsonElement>("learning");
        return learning.GetProperty("models").EnumerateArray().Single(scope => scope.GetProperty("model").GetString() == model);
    }

    public async Task<JsonElement> UntilAsync(Func<JsonElement, bool> condition)
    {
        var learned = default(JsonElement);
        for (var i = 0; i < 400; i++)
        {
            learned = await LearnedAsync();
            if (learned.TryGetProperty("current", out _) && condition(learned))
                return learned;
            await Task.Delay(50);
        }

        throw new TimeoutException($"waited 20 s in vain; {learned}\n{string.Join('\n', Gateway.Log.Lines.Where(line => !line.Contains("request req-", StringComparison.Ordinal)))}");
    }

    public Task<HttpResponseMessage> RollBackAsync(string model = "auto") => _admin.PostAsync($"learning/{model}/rollback", null);

    public Task<string> MetricsAsync() => _admin.GetStringAsync("metrics");

    public static int Count(JsonElement learned, string kind) => learned.GetProperty("outcomes").GetProperty(kind).GetInt32();

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await Gateway.DisposeAsync();
    }
}
