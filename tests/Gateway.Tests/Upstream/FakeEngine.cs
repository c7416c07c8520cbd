using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Upstream;

/// <summary>A replica on a real socket that has nothing to do and counts how often it is asked for its health and for its metrics.</summary>
internal sealed class FakeEngine : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _probes;
    private int _scrapes;

    private FakeEngine(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>Whether its engine lives; the server answers all the same.</summary>
    public bool IsAlive { get; set; } = true;

    public int Probes => Volatile.Read(ref _probes);

    public int Scrapes => Volatile.Read(ref _scrapes);

    public static async Task<FakeEngine> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var engine = new FakeEngine(builder.Build());
        engine._app.MapGet("/health", () =>
        {
            Interlocked.Increment(ref engine._probes);
            return Results.StatusCode(engine.IsAlive ? 200 : 503);
        });
        engine._app.MapGet("/metrics", () =>
        {
            Interlocked.Increment(ref engine._scrapes);
            return Results.Text("vllm:num_requests_running{engine=\"0\"} 0.0\nvllm:num_requests_waiting{engine=\"0\"} 0.0\n");
        });
        await engine._app.StartAsync();
        engine.Address = new Uri(engine._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return engine;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
