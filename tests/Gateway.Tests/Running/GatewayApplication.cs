using System.Text;
using Gateway.Configuration;
using Gateway.Hosting;
using Gateway.Routing;
using Gateway.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Running;

/// <summary>The gateway as it is served, on real sockets, before simulated replicas that a test scripts.</summary>
internal sealed class GatewayApplication : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GatewayApplication(WebApplication app, LogLines log, IReadOnlyList<SimulatedReplica> slm, IReadOnlyList<SimulatedReplica> llm)
    {
        (_app, Log, Slm, Llm) = (app, log, slm, llm);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(text => new Uri(text)).ToList();
        (Address, Admin) = (addresses[0], addresses[1]);
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public Uri Address { get; }

    public Uri Admin { get; }

    public HttpClient Client { get; }

    public LogLines Log { get; }

    public IReadOnlyList<SimulatedReplica> Slm { get; }

    public IReadOnlyList<SimulatedReplica> Llm { get; }

    public LiveBlueprint Live => _app.Services.GetRequiredService<LiveBlueprint>();

    /// <summary>The gateway's view of a simulated replica.</summary>
    public Replica Replica(SimulatedReplica replica) =>
        Live.Current.Fleet.Pools.SelectMany(pool => pool.Replicas).Single(known => known.Address == replica.Address);

    /// <summary>Starts pools slm and llm with a cascade <c>auto</c> over them.</summary>
    /// <param name="slm">Replicas of the small pool.</param>
    /// <param name="llm">Replicas of the large pool.</param>
    /// <param name="pool">Changes to both pools' options.</param>
    /// <param name="options">Changes to the whole.</param>
    /// <param name="replica">The simulated replicas' options; the model is set by pool.</param>
    public static async Task<GatewayApplication> StartAsync(
        int slm = 2,
        int llm = 1,
        Func<PoolOptions, PoolOptions>? pool = null,
        Func<GatewayOptions, GatewayOptions>? options = null,
        SimulatorOptions? replica = null)
    {
        replica ??= new SimulatorOptions();
        var small = await StartReplicasAsync(slm, replica with { Model = "Qwen/Qwen3-8B", Record = true });
        var large = await StartReplicasAsync(llm, replica with { Model = "zai-org/GLM-5-FP8", Record = true });
        var chosen = new GatewayOptions
        {
            Server = new ServerOptions { Listen = new Uri("http://127.0.0.1:0"), Admin = new Uri("http://127.0.0.1:0"), Drain = TimeSpan.FromSeconds(5) },
            Pools = new Dictionary<string, PoolOptions>
            {
                ["slm"] = Configure("Qwen/Qwen3-8B", small, pool),
                ["llm"] = Configure("zai-org/GLM-5-FP8", large, pool),
            },
            Models = new Dictionary<string, ModelOptions>
            {
                ["auto"] = new() { Cascade = new CascadeOptions { Pools = ["slm", "llm"] } },
                ["small"] = new() { Pool = "slm" },
                ["large"] = new() { Pool = "llm" },
            },
            Aliases = new Dictionary<string, string> { ["gpt-*"] = "auto" },
            State = new StateOptions { Directory = ":memory:" },
        };
        var log = new LogLines();
        var app = GatewayHost.Build(options?.Invoke(chosen) ?? chosen, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Logging.AddProvider(log);
        });
        await app.StartAsync();
        return new GatewayApplication(app, log, small, large);
    }

    public Task<HttpResponseMessage> ChatAsync(string body, params (string Name, string Value)[] headers) =>
        PostAsync("v1/chat/completions", body, headers);

    public Task<HttpResponseMessage> PostAsync(string path, string body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Stops as on SIGTERM.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        foreach (var replica in Slm.Concat(Llm))
            await replica.DisposeAsync();
    }

    private static PoolOptions Configure(string model, IEnumerable<SimulatedReplica> replicas, Func<PoolOptions, PoolOptions>? change)
    {
        // Unwatched, so that what a replica received is what a test sent; tests of the watch turn it on.
        var pool = new PoolOptions
        {
            Model = model,
            Replicas = [.. replicas.Select(replica => replica.Address)],
            ContextTokens = 32768,
            Metrics = new MetricsOptions { Scrape = false },
        };
        return change?.Invoke(pool) ?? pool;
    }

    private static async Task<IReadOnlyList<SimulatedReplica>> StartReplicasAsync(int count, SimulatorOptions options)
    {
        var replicas = new List<SimulatedReplica>();
        for (var i = 0; i < count; i++)
            replicas.Add(await SimulatedReplica.StartAsync(options));
        return replicas;
    }
}
