using System.Globalization;
using Gateway.Bench.Guardrails.Pii;
using Gateway.Bench.Load.Commands;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return await CommandLine.RunAsync("make guard ARGS=\"COMMAND ...\"", new Dictionary<string, IBenchCommand>
{
    ["pii"] = new PiiCommand(),
    ["evasions"] = new EvasionsCommand(),
    ["pii-time"] = new PiiTimeCommand(),
}, args);
