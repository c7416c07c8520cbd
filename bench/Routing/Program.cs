using System.Globalization;
using Gateway.Bench.Routing.Commands;
using Arguments = Gateway.Bench.Load.Commands.Arguments;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var commands = new Dictionary<string, IBenchCommand>
{
    ["train"] = new TrainCommand(),
    ["score"] = new ScoreCommand(),
    ["evaluate"] = new EvaluateCommand(),
    ["learn"] = new LearnCommand(),
    ["time"] = new TimeCommand(),
    ["cascade"] = new CascadeCommand(),
};

if (args.Length == 0 || !commands.TryGetValue(args[0], out var command))
{
    Console.Error.WriteLine("usage: make route ARGS=\"COMMAND ...\"\n");
    foreach (var (name, known) in commands)
        Console.Error.WriteLine($"  {name} {known.Usage}");
    return 2;
}

try
{
    return command.Run(Arguments.Parse(args.AsSpan(1)), Console.Out);
}
catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"{error.Message}\n\n  {args[0]} {command.Usage}");
    return 2;
}
