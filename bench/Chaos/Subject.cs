using System.Text;
using System.Text.Json;
using Gateway.Configuration;
using Gateway.Hosting;
using Gateway.Routing.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.Bench.Chaos;

/// <summary>The gateway before a fleet, on a real socket, and a caller that reads its streams.</summary>
internal sealed class Subject : IAsyncDisposable
{
    private const string Body =
        """{"model":"model","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Tell me a story."}],"vllm_xargs":{"sim_tokens":100}}""";

    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private Subject(WebApplication app)
    {
        _app = app;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(address) };
    }

    public static async Task<Subject> StartAsync(Fleet fleet)
    {
        var options = new GatewayOptions
        {
            Server = new ServerOptions { Listen = new Uri("http://127.0.0.1:0"), Admin = new Uri("http://127.0.0.1:0") },
            Pools = new Dictionary<string, PoolOptions> { ["pool"] = new() { Model = "model", Replicas = fleet.Addresses } },
            Models = new Dictionary<string, ModelOptions> { ["model"] = new() { Pool = "pool" } },
            State = new StateOptions { Directory = ":memory:" },
        };
        var app = GatewayHost.Build(options, builder => builder.Logging.ClearProviders());
        await app.StartAsync();
        // As the capability probe would find; a killed replica comes back the same.
        foreach (var replica in app.Services.GetRequiredService<LiveBlueprint>().Current.Fleet.Pools.SelectMany(pool => pool.Replicas))
            replica.Capabilities = new ReplicaCapabilities { Continues = true, TakesTokens = true };
        return new Subject(app);
    }

    /// <summary>Reads one stream to its end.</summary>
    public async Task<StreamOutcome> StreamAsync()
    {
        var (text, usage, isWhole, hasError, resumes) = (new StringBuilder(), "", false, false, 0);
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions") { Content = new StringContent(Body, Encoding.UTF8, "application/json") };
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            hasError = !response.IsSuccessStatusCode;
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            while (await reader.ReadLineAsync() is { } line)
            {
                resumes += line.StartsWith(": resumed on ", StringComparison.Ordinal) ? 1 : 0;
                isWhole |= line == "data: [DONE]";
                if (!line.StartsWith("data: {", StringComparison.Ordinal))
                    continue;
                using var chunk = JsonDocument.Parse(line.AsMemory(6));
                hasError |= chunk.RootElement.TryGetProperty("error", out _);
                usage = chunk.RootElement.TryGetProperty("usage", out var counted) ? counted.GetRawText() : usage;
                foreach (var choice in chunk.RootElement.GetProperty("choices").EnumerateArray())
                    text.Append(choice.GetProperty("delta").TryGetProperty("content", out var content) ? content.GetString() : "");
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            isWhole = false;
        }

        return new StreamOutcome(text.ToString(), UsageOf(usage), isWhole, hasError, resumes);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>The three counts; what a cache had of the prompt differs from replica to replica.</summary>
    private static string UsageOf(string usage)
    {
        if (usage.Length == 0)
            return "";
        using var json = JsonDocument.Parse(usage);
        return $"{json.RootElement.GetProperty("prompt_tokens")}+{json.RootElement.GetProperty("completion_tokens")}={json.RootElement.GetProperty("total_tokens")}";
    }
}
