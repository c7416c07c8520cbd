namespace Gateway.Configuration;

/// <summary>One thing wrong with the file: where, which key, and what would fix it.</summary>
/// <param name="Line">Line in the file, from 1; 0, like the column, when the options did not come from a file.</param>
/// <param name="Column">Column in that line, from 1.</param>
/// <param name="Path">The key, such as <c>pools.slm.timeouts.first_token</c>; empty for the file as a whole.</param>
/// <param name="Message">What is wrong, quoting the value, and what to write instead. Never holds a secret.</param>
public sealed record ConfigError(int Line, int Column, string Path, string Message)
{
    /// <summary><c>12:7: pools.slm.model: message</c>.</summary>
    public override string ToString() => Path.Length == 0 ? $"{Line}:{Column}: {Message}" : $"{Line}:{Column}: {Path}: {Message}";
}
