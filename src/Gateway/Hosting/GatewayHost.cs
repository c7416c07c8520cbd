using System.Net;
using Gateway.Accounting;
using Gateway.Admin;
using Gateway.Cache;
using Gateway.Cache.Admin;
using Gateway.Cache.Flights;
using Gateway.Cache.Storage;
using Gateway.Cache.Verification;
using Gateway.Completions;
using Gateway.Completions.Ruling;
using Gateway.Configuration;
using Gateway.Delivery;
using Gateway.Dispatch;
using Gateway.Dispatch.Admission;
using Gateway.Dispatch.Resume;
using Gateway.Dispatch.Verification;
using Gateway.Guarding;
using Gateway.Learning;
using Gateway.Learning.Shadows;
using Gateway.Models;
using Gateway.Passthrough;
using Gateway.Routing.Learning;
using Gateway.State;
using Gateway.Telemetry;
using Gateway.Upstream;
using Gateway.Upstream.Discovery;
using Gateway.Upstream.Scraping;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Gateway.Hosting;

/// <summary>Puts the gateway together: listeners, services, routes.</summary>
public static class GatewayHost
{
    /// <summary>How long closing the listeners may take once the drain is over.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Builds a gateway that has not been started.</summary>
    /// <param name="options">Options that have passed every check.</param>
    /// <param name="configure">Last word on the host, for what a test or the demo wants otherwise.</param>
    public static WebApplication Build(GatewayOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        ConfigureListeners(builder, options.Server);
        ConfigureLogging(builder.Logging);
        AddServices(builder.Services, options);
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseMiddleware<ErrorBoundary>();
        app.UseMiddleware<AdminSite>();
        app.UseRouting();
        MapRoutes(app);
        return app;
    }

    private static void MapRoutes(WebApplication app)
    {
        var models = app.Services.GetRequiredService<ModelsEndpoint>();
        app.MapPost("/v1/chat/completions", app.Services.GetRequiredService<ChatEndpoint>().HandleAsync);
        app.MapPost("/v1/feedback", app.Services.GetRequiredService<FeedbackEndpoint>().HandleAsync);
        app.MapGet("/v1/models", models.ListAsync);
        app.MapGet("/v1/models/{**id}", models.GetAsync);
        app.MapPassthrough(app.Services.GetRequiredService<PassthroughEndpoint>());
    }

    private static void AddServices(IServiceCollection services, GatewayOptions options)
    {
        // The one place where chance and time come from outside.
#pragma warning disable RS0030 // The composition root names the shared source of chance; everything else takes it as a parameter.
        var chance = Random.Shared;
#pragma warning restore RS0030 // From here on chance is a parameter again.
        var corrections = new LiveCorrections();
        var builder = new BlueprintBuilder(TimeProvider.System, chance, corrections);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(chance);
        services.AddSingleton(builder);
        services.AddSingleton(new LiveBlueprint(builder.Build(options)));
        services.AddSingleton<IStateStore>(provider => StateStores.Open(
            options.State, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<IStateStore>>()));
        AddLearning(services, options.Routing.Learning, corrections);
        services.AddSingleton<Drain>();
        services.AddHostedService(provider => provider.GetRequiredService<Drain>());
        services.AddHostedService<WindowKeeper>();
        services.AddSingleton<RulePlanner>();
        services.AddSingleton<Planner>();
        services.AddSingleton<AttemptSender>();
        services.AddSingleton<PrefillGate>();
        services.AddSingleton<Resumer>();
        services.AddSingleton<Verifier>();
        services.AddHostedService<AdmissionPulse>();
        services.AddSingleton<Dispatcher>();
        services.AddSingleton<StreamRelay>();
        services.AddSingleton<WholeReply>();
        services.AddSingleton<ErrorReply>();
        services.AddSingleton<CachedReply>();
        services.AddSingleton<FollowedReply>();
        services.AddSingleton<CallerSide>();
        AddCache(services);
        services.AddSingleton<Ledger>();
        services.AddSingleton<CompletionFlow>();
        services.AddSingleton<ChatEndpoint>();
        services.AddSingleton<ModelsEndpoint>();
        services.AddHttpForwarder();
        services.AddSingleton<PassthroughEndpoint>();
        services.AddSingleton<ReplicaProber>();
        services.AddSingleton<ReplicaSources>();
        services.AddHostedService<FleetWatcher>();
        services.AddSingleton<ReplicaAdmin>();
        services.AddSingleton<Scraper>();
        services.AddHostedService<ReplicaRounds>();
        services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = options.Server.Drain + StopTimeout;
            // Probes and reloads are services to the requests: if one of them fails for good it is logged, and requests go on.
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;
        });
    }

    private static void AddCache(IServiceCollection services)
    {
        services.AddSingleton<CacheIntake>();
        services.AddSingleton<SingleFlight>();
        services.AddSingleton<RecentHits>();
        services.AddSingleton<CheckIntake>();
        services.AddSingleton<HitDesk>();
        services.AddSingleton<CacheSide>();
        services.AddSingleton<GuardSide>();
        services.AddSingleton<CacheAdmin>();
        // Stopped after the writer, which comes behind it: what that one still stores is kept.
        services.AddSingleton<CacheKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<CacheKeeper>());
        services.AddHostedService<CacheWriter>();
        services.AddHostedService<HitChecks>();
    }

    private static void AddLearning(IServiceCollection services, LearningOptions options, LiveCorrections corrections)
    {
        services.AddSingleton(corrections);
        services.AddSingleton(provider => new RecentRequests(options.RecentRequests, options.FeedbackWithin, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ShadowIntake>();
        services.AddSingleton<SpareCalls>();
        services.AddSingleton<OutcomeDesk>();
        services.AddSingleton<FeedbackEndpoint>();
        services.AddSingleton<LearningLoop>();
        services.AddSingleton<LearningAdmin>();
        services.AddHostedService(provider => provider.GetRequiredService<LearningLoop>());
        services.AddHostedService<ShadowCalls>();
    }

    private static void ConfigureListeners(WebApplicationBuilder builder, ServerOptions server)
    {
        // Nothing here blocks, so a request may run where its bytes arrived instead of being queued once more.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Bodies are read by RequestBodyReader, which holds the limit and answers 413 itself.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MaxRequestHeadersTotalSize = server.MaxHeaderBytes;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(server.MinBodyBytesPerSecond, TimeSpan.FromSeconds(5));
            Listen(kestrel, server.Listen, _ => { });
            Listen(kestrel, server.Admin, AdminSite.Mark);
        });
    }

    private static void Listen(KestrelServerOptions kestrel, Uri address, Action<ListenOptions> configure)
    {
        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip))
            kestrel.Listen(ip, address.Port, configure);
        else
            kestrel.ListenLocalhost(address.Port, configure);
    }

    private static void ConfigureLogging(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Yarp", LogLevel.Warning);
        // Left on, it would make an activity for every request just to name it in a scope that nobody prints.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // Made by the container, which therefore disposes it: the last lines leave with the process, not without them.
        logging.Services.AddSingleton<ILoggerProvider>(_ => new JsonLineLogging(new JsonLines(Console.OpenStandardOutput(), TimeProvider.System)));
    }
}
