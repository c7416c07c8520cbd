using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Sockets;
using Gateway.Calibration;
using Gateway.Configuration;
using Gateway.Routing.Complexity.Training;

namespace Gateway.Hosting;

/// <summary>The command line: which command was meant, and what the process returns.</summary>
public static class Commands
{
    /// <summary>Exit codes after <c>sysexits.h</c>.</summary>
    private const int Usage = 64;
    private const int NoInput = 66;
    private const int CannotCreate = 73;
    private const int BadConfiguration = 78;

    private const string DefaultFile = "gateway.yaml";

    private const string Help = """
        gateway                      serve ./gateway.yaml; without one: --demo
        gateway serve [FILE]         serve FILE
        gateway --demo               two simulated pools on loopback, nothing to configure;
                                     elsewhere than on 8080 and 9090: --demo --listen URL --admin URL
        gateway check [FILE]         validate and print what it would do
        gateway explain [FILE] TEXT  score one prompt: features, score, plan; FILE is a *.yaml or *.yml
        gateway calibrate [FILE] DATA
                                     thresholds for a wanted share or cost; DATA are labelled prompts or this gateway's log
        gateway train DATA --out FILE [--seed N]
                                     an artefact for routing.artefact, learned from labelled prompts, and what it is worth
        gateway schema               print the JSON schema of the file
        gateway --help | --version
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case []:
                return File.Exists(DefaultFile) ? await ServeAsync(DefaultFile) : await Demo.RunAsync(new ServerOptions());
            case ["--demo"]:
                return await Demo.RunAsync(new ServerOptions());
            case ["--demo", "--listen", var listen, "--admin", var admin]
                when IsHttp(listen, out var callers) && IsHttp(admin, out var operators):
                return await Demo.RunAsync(new ServerOptions { Listen = callers, Admin = operators });
            case ["serve"] or ["serve", _]:
                return await ServeAsync(args.ElementAtOrDefault(1) ?? DefaultFile);
            case ["check"] or ["check", _]:
                return Check(args.ElementAtOrDefault(1) ?? DefaultFile);
            case ["explain", var prompt]:
                return File.Exists(DefaultFile) ? Explain(DefaultFile, prompt) : Print(Explanation.Of(Demo.Options([], []), prompt));
            case ["explain", var file, var prompt]:
                return Explain(file, prompt);
            case ["calibrate", var data]:
                return File.Exists(DefaultFile) ? Calibrate(DefaultFile, data) : Calibrate(Demo.Options([], []), data);
            case ["calibrate", var file, var data]:
                return Calibrate(file, data);
            case ["train", var data, "--out", var artefact]:
                return Train(data, artefact, new TrainingSettings().Seed);
            case ["train", var data, "--out", var artefact, "--seed", var seed] when int.TryParse(seed, CultureInfo.InvariantCulture, out var number):
                return Train(data, artefact, number);
            case ["schema"]:
                return Print(ConfigSchema.Write(Policies.Known));
            case ["--help" or "-h" or "help"]:
                return Print(Help);
            case ["--version"]:
                return Print(typeof(Commands).Assembly.GetName().Version!.ToString(3));
            default:
                await Console.Error.WriteLineAsync($"gateway: not understood: {string.Join(' ', args)}\n\n{Help}");
                return Usage;
        }
    }

    private static bool IsHttp(string text, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && address.Scheme == Uri.UriSchemeHttp && address.PathAndQuery == "/";

    private static async Task<int> ServeAsync(string path)
    {
        var file = new ConfigFile(path, Policies.Known, ConfigText.ProcessEnvironment);
        var load = file.Load();
        if (load.Options is not { } options)
            return Refuse(path, load);
        await using var app = GatewayHost.Build(options, builder => builder.Services.AddHostedService(services => new ConfigReload(
            file, load, services.GetRequiredService<LiveBlueprint>(), services.GetRequiredService<BlueprintBuilder>(),
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<ConfigReload>>())));
        return await RunAsync(app);
    }

    /// <summary>Runs until SIGTERM; a port that is taken, or not ours to take, is the operator's to mend, not a crash.</summary>
    internal static async Task<int> RunAsync(WebApplication app, Action? started = null)
    {
        try
        {
            await app.StartAsync();
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync($"gateway: {e.Message}");
            return BadConfiguration;
        }
        catch (SocketException e)
        {
            var server = app.Services.GetRequiredService<LiveBlueprint>().Current.Options.Server;
            await Console.Error.WriteLineAsync($"gateway: Failed to bind to address {server.Listen} or {server.Admin}: {e.Message}");
            return BadConfiguration;
        }

        started?.Invoke();
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static int Check(string path)
    {
        var load = GatewayConfig.Load(path, Policies.Known, ConfigText.ProcessEnvironment);
        return load.Options is { } options ? Print(ConfigReport.Summary(options)) : Refuse(path, load);
    }

    private static int Explain(string path, string prompt)
    {
        var load = GatewayConfig.Load(path, Policies.Known, ConfigText.ProcessEnvironment);
        return load.Options is { } options ? Print(Explanation.Of(options, prompt)) : Refuse(path, load);
    }

    private static int Calibrate(string path, string data)
    {
        var load = GatewayConfig.Load(path, Policies.Known, ConfigText.ProcessEnvironment);
        return load.Options is { } options ? Calibrate(options, data) : Refuse(path, load);
    }

    private static int Calibrate(GatewayOptions options, string data)
    {
        if (CalibrateCommand.TryRun(options, data, out var report))
            return Print(report);
        Console.Error.WriteLine($"gateway: {report}");
        return NoInput;
    }

    private static int Train(string data, string artefact, int seed)
    {
        var result = TrainCommand.Run(data, artefact, seed, TimeProvider.System);
        if (result.Step == TrainStep.Done)
            return Print(result.Text);
        Console.Error.WriteLine($"gateway: {result.Text}");
        return result.Step == TrainStep.Write ? CannotCreate : NoInput;
    }

    private static int Refuse(string path, ConfigLoad load)
    {
        Console.Error.Write(ConfigReport.Errors(path, load.Errors));
        return BadConfiguration;
    }

    private static int Print(string text)
    {
        Console.Out.WriteLine(text.TrimEnd());
        return 0;
    }
}
