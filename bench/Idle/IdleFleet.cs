using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.Bench.Idle;

/// <summary>Replicas with nothing to do, one port each: healthy, and with as much to say in their metrics as a vLLM.</summary>
internal sealed class IdleFleet : IAsyncDisposable
{
    private readonly WebApplication _app;
    private long _scrapes;

    private IdleFleet(WebApplication app) => _app = app;

    public IReadOnlyList<string> Addresses { get; private set; } = [];

    /// <summary>Scrapes so far.</summary>
    public long Scrapes => Interlocked.Read(ref _scrapes);

    public static async Task<IdleFleet> StartAsync(int replicas, int pageBytes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            for (var i = 0; i < replicas; i++)
                kestrel.Listen(IPAddress.Loopback, 0);
        });
        var app = builder.Build();
        var fleet = new IdleFleet(app);
        var page = Page(pageBytes);
        app.MapGet("/health", () => Results.Ok());
        app.MapGet("/metrics", () =>
        {
            Interlocked.Increment(ref fleet._scrapes);
            return Results.Bytes(page, "text/plain; version=0.0.4; charset=utf-8");
        });
        await app.StartAsync();
        fleet.Addresses = [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];
        return fleet;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>What is read, at the beginning and at the end, and between them the histograms that are not.</summary>
    private static byte[] Page(int bytes)
    {
        var page = new StringBuilder("vllm:num_requests_running{engine=\"0\",model_name=\"m\"} 0.0\nvllm:num_requests_waiting{engine=\"0\",model_name=\"m\"} 0.0\n");
        for (var i = 0; page.Length < bytes; i++)
        {
            page.Append(CultureInfo.InvariantCulture, $"vllm:e2e_request_latency_seconds_bucket{{engine=\"0\",le=\"{i}.0\",model_name=\"m\"}} 0.0\n");
        }

        return Encoding.UTF8.GetBytes(page.Append("vllm:kv_cache_usage_perc{engine=\"0\",model_name=\"m\"} 0.0\n").ToString());
    }
}
