namespace Gateway.Protocol;

/// <summary>One message of the conversation: where its content stands in the caller's bytes.</summary>
/// <param name="Role">Who speaks; <c>developer</c> counts as system, <c>function</c> as tool.</param>
/// <param name="Content">The content's JSON value: a string, an array of parts, or empty when null or absent.</param>
/// <param name="TextBytes">Bytes of its text as they stand, JSON escapes included.</param>
/// <param name="Attachments">Parts that are not text: images, audio, files.</param>
/// <param name="Calls">The JSON value of <c>tool_calls</c>; empty when absent.</param>
public readonly record struct Turn(TurnRole Role, ByteRange Content, int TextBytes, int Attachments, ByteRange Calls);

/// <summary>Who speaks in a turn.</summary>
public enum TurnRole : byte
{
    /// <summary>A role this gateway does not know; passed on, never the ask.</summary>
    Other,
    System,
    User,
    Assistant,
    Tool,
}
