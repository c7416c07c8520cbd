using System.Globalization;
using Gateway.Bench.Embedding.Commands;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var commands = new Dictionary<string, IEmbeddingCommand>
{
    ["make"] = new MakeCommand(),
    ["compare"] = new CompareCommand(),
    ["similarity"] = new SimilarityCommand(),
    ["language"] = new LanguageCommand(),
    ["time"] = new TimeCommand(),
};

if (args.Length == 0 || !commands.TryGetValue(args[0], out var command))
{
    Console.Error.WriteLine("usage: dotnet run --project bench/Embedding -c Release -- COMMAND ...\n");
    foreach (var (name, known) in commands)
        Console.Error.WriteLine($"  {name} {known.Usage}");
    return 2;
}

try
{
    return command.Run(args[1..], Console.Out);
}
catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"{error.Message}\n\n  {args[0]} {command.Usage}");
    return 2;
}
