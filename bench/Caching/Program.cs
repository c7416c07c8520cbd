using System.Globalization;
using Gateway.Bench.Caching.Commands;
using Gateway.Bench.Load.Commands;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return await CommandLine.RunAsync("make cache ARGS=\"COMMAND ...\"", new Dictionary<string, IBenchCommand>
{
    ["quality"] = new QualityCommand(),
    ["lookup"] = new LookupCommand(),
    ["streams"] = new StreamsCommand(),
    ["hit"] = new HitCommand(),
}, args);
