namespace Gateway.Routing.Complexity.Conversation;

/// <summary>Tells from its beginning whether a tool's result reports a failure.</summary>
public static class FailedResult
{
    /// <summary>Bytes in which a failure says so; further down, a word such as "error" may stand in any file.</summary>
    private const int Head = 200;

    private static readonly PhraseList Beginnings = new(
        "error:",
        "error ",
        "error[",
        "fatal:",
        "failed:",
        "failed to",
        "failure:",
        "exception:",
        "traceback (most recent call last)",
        "unhandled exception",
        "command failed",
        "permission denied",
        "<tool_use_error>",
        "<error>",
        "<error_details>",
        "{\"error\"",
        "{\\\"error\\\"",
        "the tool execution failed");

    private static readonly PhraseList Anywhere = new(
        "command not found",
        "no such file or directory",
        "traceback (most recent call last)",
        "exit code: 1",
        "exit code 1",
        "exit code: 2",
        "exit code 2",
        "exited with code 1",
        "the tool execution failed",
        "the user denied");

    /// <param name="text">The result's text, UTF-8, its JSON escapes still in it or not.</param>
    public static bool Is(ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, Head)].TrimStart(" \t\r\n"u8);
        return Beginnings.Begins(text) || Anywhere.IsIn(text);
    }
}
