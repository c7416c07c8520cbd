using Gateway.Configuration;
using Gateway.Telemetry;

namespace Gateway.Hosting;

/// <summary>Puts a changed configuration file in force; an invalid one changes nothing, is logged and counted.</summary>
public sealed class ConfigReload(
    ConfigFile file, ConfigLoad current, LiveBlueprint live, BlueprintBuilder builder, TimeProvider time, ILogger<ConfigReload> log)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new ConfigWatcher(file, current, time, Apply, Refuse).RunAsync(stoppingToken);

    private void Apply(GatewayOptions options)
    {
        var before = live.Current.Options.Server;
        if ((before.Listen, before.Admin) != (options.Server.Listen, options.Server.Admin))
            log.NeedsRestart("server.listen and server.admin");
        if ((before.Drain, before.MaxHeaderBytes, before.MinBodyBytesPerSecond) != (options.Server.Drain, options.Server.MaxHeaderBytes, options.Server.MinBodyBytesPerSecond))
            log.NeedsRestart("server.drain, server.max_header_bytes and server.min_body_bytes_per_second");
        if (live.Current.Options.State != options.State)
            log.NeedsRestart("state");
        live.Replace(builder.Build(options, live.Current));
        log.Reloaded(file.Path);
    }

    private void Refuse(IReadOnlyList<ConfigError> errors)
    {
        GatewayMetrics.CountReloadFailure();
        log.ReloadFailed(file.Path, ConfigReport.Errors(file.Path, errors));
    }
}
