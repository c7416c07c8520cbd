using System.Globalization;
using Gateway.Bench.Caching;
using Gateway.Bench.Caching.Commands;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var commands = new Dictionary<string, IBenchCommand>
{
    ["quality"] = new QualityCommand(),
    ["lookup"] = new LookupCommand(),
    ["streams"] = new StreamsCommand(),
    ["hit"] = new HitCommand(),
};

if (args.Length == 0 || !commands.TryGetValue(args[0], out var command))
{
    Console.Error.WriteLine("usage: make cache ARGS=\"COMMAND ...\"\n");
    foreach (var (name, known) in commands)
        Console.Error.WriteLine($"  {name} {known.Usage}");
    return 2;
}

try
{
    return await command.RunAsync(Arguments.Parse(args.AsSpan(1)), Console.Out);
}
catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"{error.Message}\n\n  {args[0]} {command.Usage}");
    return 2;
}
