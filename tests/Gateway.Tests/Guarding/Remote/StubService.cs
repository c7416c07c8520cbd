using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Gateway.Configuration;
using Gateway.Guarding.Remote;
using Gateway.Guardrails;
using Gateway.Hosting;
using Gateway.Upstream;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Guarding.Remote;

/// <summary>A service on a real socket that answers as a test says, and keeps what it was asked.</summary>
internal sealed class StubService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string? Authorization, JsonElement Body)> _asked = new();
    private int _underWay;

    private StubService(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>What it was asked, in order of arrival.</summary>
    public IReadOnlyList<(string Path, string? Authorization, JsonElement Body)> Asked => [.. _asked];

    /// <summary>The most questions that it had at once.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>Completes when somebody hung up before the answer.</summary>
    public TaskCompletionSource HungUp { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Answers every question with this JSON.</summary>
    public static Task<StubService> StartAsync(string json) => StartAsync((http, _) => http.Response.WriteAsync(json));

    public static async Task<StubService> StartAsync(Func<HttpContext, JsonElement, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var service = new StubService(builder.Build());
        service._app.Run(http => service.AnswerAsync(http, answer));
        await service._app.StartAsync();
        service.Address = new Uri(service._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return service;
    }

    /// <summary>A chat completion that says this.</summary>
    public static string Says(string content) =>
        $$"""{"id":"1","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":{{JsonSerializer.Serialize(content)}}},"finish_reason":"stop"}]}""";

    /// <summary>A guard with these settings, of no reload.</summary>
    public static IRemoteGuard Guard(GuardOptions options, TimeProvider? time = null, params UpstreamPool[] upstreams) =>
        new RemoteGuardSet(upstreams, null, time ?? TimeProvider.System).For("asked", options)!;

    /// <summary>A pool called guard over these servers.</summary>
    public static UpstreamPool Pool(int? context, string? group, params StubService[] servers) => BlueprintBuilder.ToRead(new GatewayOptions
    {
        Pools = new Dictionary<string, PoolOptions>
        {
            ["guard"] = new()
            {
                Model = "meta-llama/Llama-Guard-3-8B",
                Replicas = [.. servers.Select(server => server.Address)],
                ContextTokens = context,
                Group = group,
                Balancing = "round_robin",
                Breaker = new BreakerOptions { Open = TimeSpan.FromMinutes(10), MaxOpen = TimeSpan.FromMinutes(10) },
            },
        },
        Models = new Dictionary<string, ModelOptions> { ["guard"] = new() { Pool = "guard" } },
    }).Upstreams.Single();

    public static GuardedText Text(string text, TextSource source = TextSource.User, int turn = 0) => new(source, Encoding.UTF8.GetBytes(text), null, turn);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http, Func<HttpContext, JsonElement, Task> answer)
    {
        lock (_asked)
            MostAtOnce = Math.Max(MostAtOnce, ++_underWay);
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body);
            _asked.Enqueue((http.Request.Path, http.Request.Headers.Authorization, body.RootElement.Clone()));
            using var gone = http.RequestAborted.Register(() => HungUp.TrySetResult());
            await answer(http, body.RootElement.Clone());
        }
        finally
        {
            lock (_asked)
                _underWay--;
        }
    }
}
