using System.Globalization;
using Gateway.Bench.Guardrails.Injection;
using Gateway.Bench.Load.Commands;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return await CommandLine.RunAsync("make guard ARGS=\"COMMAND ...\"", new Dictionary<string, IBenchCommand>
{
    ["injection-train"] = new InjectionTrainCommand(),
    ["injection-evaluate"] = new InjectionEvaluateCommand(),
    ["injection-evasions"] = new InjectionEvasionsCommand(),
    ["injection-time"] = new InjectionTimeCommand(),
}, args);
