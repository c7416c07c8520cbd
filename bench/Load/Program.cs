using System.Runtime.InteropServices;
using System.Text;
using Gateway.Bench.Load;
using Gateway.Bench.Load.Measuring;
using Gateway.Bench.Load.Report;
using Gateway.Bench.Load.Scenarios;
using Gateway.Bench.Load.Targets;

// The runtime reads this at the first socket: replies are handled on the thread that saw them arrive, which is cheapest for a caller
// that never blocks. Servers under test do not inherit it.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

if (args.Contains("--help"))
{
    Console.WriteLine(BenchOptions.Usage);
    return 0;
}

BenchOptions options;
try
{
    options = BenchOptions.Parse(args);
}
catch (FormatException e)
{
    Console.Error.WriteLine($"{e.Message}\n\n{BenchOptions.Usage}");
    return 2;
}

// Without these a signal would end this process without its end being announced, and the servers it started would stay behind.
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Environment.Exit(143));
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Environment.Exit(130));
using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => Environment.Exit(129));

var (time, log) = (TimeProvider.System, Console.Error);
var layout = Layout.Find(options);
if (options.Build && !await ReleaseBuild.RunAsync(layout, log))
{
    return 1;
}

var report = new StringBuilder($"# Load\n\n{Machine.Describe(time)}; {options.Rounds} rounds of {options.Window.TotalSeconds:0.#} s.\n\n");
var complete = true;
try
{
    foreach (var name in options.Scenarios)
    {
        log.WriteLine($"scenario {name}");
        var outcome = await new Comparison(options, layout, time, log).RunAsync(ScenarioCatalog.Build(name, options));
        report.Append(new ScenarioReport(outcome).Render());
        complete &= outcome.Skipped.Keys.All(target => target == "nginx");
    }
}
catch (TargetFailedException e)
{
    log.WriteLine($"the simulator did not come up: {e.Message}");
    return 1;
}

Directory.CreateDirectory(layout.Reports);
var file = Path.Combine(layout.Reports, $"load-{time.GetUtcNow():yyyyMMdd-HHmmss}.md");
await File.WriteAllTextAsync(file, report.ToString());
Console.Write(report.ToString());
log.WriteLine($"written to {file}");
return complete ? 0 : 1;
