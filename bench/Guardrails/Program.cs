using System.Globalization;
using Gateway.Bench.Guardrails.Commands;
using Gateway.Bench.Load.Commands;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return await CommandLine.RunAsync("make guard ARGS=\"COMMAND ...\"", new Dictionary<string, IBenchCommand>
{
    ["window"] = new WindowCommand(),
}, args);
