namespace Gateway.Bench.Load.Commands;

/// <summary>A program's commands by name: runs the one that is named, or tells which there are.</summary>
public static class CommandLine
{
    /// <param name="call">How the program is called, for its usage.</param>
    /// <param name="commands">Its commands.</param>
    /// <param name="args">The words it was given.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string call, IReadOnlyDictionary<string, IBenchCommand> commands, string[] args)
    {
        if (args.Length == 0 || !commands.TryGetValue(args[0], out var command))
        {
            await Console.Error.WriteLineAsync($"usage: {call}\n");
            foreach (var (name, known) in commands)
                await Console.Error.WriteLineAsync($"  {name} {known.Usage}");
            return 2;
        }

        try
        {
            return await command.RunAsync(Arguments.Parse(args.AsSpan(1)), Console.Out);
        }
        catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{error.Message}\n\n  {args[0]} {command.Usage}");
            return 2;
        }
    }
}
