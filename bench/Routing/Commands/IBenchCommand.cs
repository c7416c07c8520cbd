using Gateway.Bench.Load.Commands;

namespace Gateway.Bench.Routing.Commands;

/// <summary>One thing that this program does: a class, and a line in <c>Program.cs</c>.</summary>
public interface IBenchCommand
{
    /// <summary>The words after the command's name, and what it does.</summary>
    string Usage { get; }

    /// <exception cref="FormatException">The words make no sense.</exception>
    int Run(Arguments arguments, TextWriter output);
}
