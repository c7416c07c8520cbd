using System.Globalization;
using Gateway.Bench.Guardrails.Commands;
using Gateway.Bench.Guardrails.Content;
using Gateway.Bench.Guardrails.Injection;
using Gateway.Bench.Guardrails.Pii;
using Gateway.Bench.Load.Commands;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return await CommandLine.RunAsync("make guard ARGS=\"COMMAND ...\"", new Dictionary<string, IBenchCommand>
{
    ["alarms"] = new AlarmsCommand(),
    ["content-time"] = new ContentTimeCommand(),
    ["evasions"] = new EvasionsCommand(),
    ["injection-evaluate"] = new InjectionEvaluateCommand(),
    ["injection-evasions"] = new InjectionEvasionsCommand(),
    ["injection-time"] = new InjectionTimeCommand(),
    ["injection-train"] = new InjectionTrainCommand(),
    ["pii"] = new PiiCommand(),
    ["pii-public"] = new PiiPublicCommand(),
    ["pii-time"] = new PiiTimeCommand(),
    ["secrets"] = new SecretsCommand(),
    ["speed"] = new SpeedCommand(),
    ["window"] = new WindowCommand(),
}, args);
