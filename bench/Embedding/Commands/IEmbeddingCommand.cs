namespace Gateway.Bench.Embedding.Commands;

/// <summary>One thing the program does.</summary>
public interface IEmbeddingCommand
{
    /// <summary>Its arguments and what it does, in a line.</summary>
    string Usage { get; }

    /// <returns>The exit code.</returns>
    int Run(string[] args, TextWriter output);
}
