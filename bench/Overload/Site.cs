using Gateway.Configuration;
using Gateway.Hosting;
using Gateway.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.Bench.Overload;

/// <summary>The gateway on a loopback port, before two simulated replicas with a real scheduler each.</summary>
public sealed class Site : IAsyncDisposable
{
    /// <summary>The 744B preset with a smaller batch, so that a load of five times its capacity still fits a small machine.</summary>
    private static readonly PerformanceModel Engine = PerformanceModel.Large744B with { MaxSequences = Batch, KvBlocks = 3_000 };

    /// <summary>Sequences that a replica runs at once.</summary>
    public const int Batch = 32;

    /// <summary>Tokens of an answer.</summary>
    public const int AnswerTokens = 64;

    private readonly WebApplication _app;
    private readonly IReadOnlyList<SimulatedReplica> _replicas;

    private Site(WebApplication app, IReadOnlyList<SimulatedReplica> replicas)
    {
        (_app, _replicas) = (app, replicas);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public Uri Address { get; }

    /// <summary>Requests that the gateway lets wait now, and that its replicas do.</summary>
    public (int AtGateway, int AtReplicas) Waiting =>
        (_app.Services.GetRequiredService<LiveBlueprint>().Current.Upstreams.Sum(upstream => upstream.Gate.Waiting), _replicas.Sum(replica => replica.Waiting));

    public static async Task<Site> StartAsync(AdmissionOptions admission)
    {
        var replica = new SimulatorOptions { Model = "m", Performance = Engine, AnswerTokens = AnswerTokens, PriorityScheduling = true };
        SimulatedReplica[] replicas = [await SimulatedReplica.StartAsync(replica), await SimulatedReplica.StartAsync(replica)];
        var options = new GatewayOptions
        {
            Server = new ServerOptions { Listen = new Uri("http://127.0.0.1:0"), Admin = new Uri("http://127.0.0.1:0"), Drain = TimeSpan.FromSeconds(2) },
            Pools = new Dictionary<string, PoolOptions>
            {
                ["llm"] = new() { Model = "m", Replicas = [.. replicas.Select(each => each.Address)], Admission = admission },
            },
            State = new StateOptions { Directory = ":memory:" },
        };
        var app = GatewayHost.Build(options, builder => builder.Logging.ClearProviders());
        await app.StartAsync();
        return new Site(app, replicas);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        foreach (var replica in _replicas)
            await replica.DisposeAsync();
    }
}
