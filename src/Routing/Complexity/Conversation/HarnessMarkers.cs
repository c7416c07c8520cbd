namespace Gateway.Routing.Complexity.Conversation;

/// <summary>What coding agents put around a person's words, as they are seen on the wire.</summary>
/// <remarks>
/// Names of elements, without their brackets, ASCII, as each client spells them: Claude Code, Codex, Cline and its relatives,
/// Cursor, Copilot.
/// </remarks>
internal static class HarnessMarkers
{
    /// <summary>Elements that no person wrote: taken out whole.</summary>
    public static readonly byte[][] Blocks =
    [
        [.. "system-reminder"u8],
        [.. "local-command-caveat"u8],
        [.. "local-command-stdout"u8],
        [.. "command-name"u8],
        [.. "command-message"u8],
        [.. "ide_opened_file"u8],
        [.. "ide_selection"u8],
        [.. "task-notification"u8],
        [.. "environment_context"u8],
        [.. "user_instructions"u8],
        [.. "recommended_plugins"u8],
        [.. "permissions"u8],
        [.. "INSTRUCTIONS"u8],
        [.. "environment_details"u8],
        [.. "file_content"u8],
        [.. "folder_content"u8],
        [.. "url_content"u8],
        [.. "additional_data"u8],
        [.. "attached_files"u8],
        [.. "open_and_recently_viewed_files"u8],
        [.. "user_info"u8],
        [.. "project_layout"u8],
        [.. "environment_info"u8],
        [.. "workspace_info"u8],
        [.. "editorContext"u8],
        [.. "reminderInstructions"u8],
    ];

    /// <summary>Elements that hold the ask when a turn begins with them: what stands inside is the ask.</summary>
    public static readonly byte[][] Wrappers =
    [
        [.. "task"u8], [.. "user_query"u8], [.. "user_message"u8], [.. "userRequest"u8], [.. "command-args"u8],
    ];

    /// <summary>Elements in which a person's words come back inside the result of a tool.</summary>
    public static readonly byte[][] Replies = [[.. "feedback"u8], [.. "answer"u8], [.. "user_message"u8]];

    /// <summary>Beginnings of turns in which nobody asks anything.</summary>
    public static readonly byte[][] Notices =
    [
        [.. "[Request interrupted by user"u8], [.. "Observation:"u8], [.. "[ERROR] You did not use a tool"u8],
    ];

    /// <summary>A first line that only says what follows.</summary>
    public static ReadOnlySpan<byte> Heading => "# AGENTS.md instructions"u8;

    /// <summary>How agents without native tools begin a result: <c>[execute_command for 'ls'] Result:</c>.</summary>
    public static ReadOnlySpan<byte> ResultMark => "] Result:"u8;
}
