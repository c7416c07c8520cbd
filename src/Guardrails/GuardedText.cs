namespace Gateway.Guardrails;

/// <summary>One text of a request or of an answer.</summary>
/// <param name="Source">Where it stands.</param>
/// <param name="Utf8">The text itself, valid UTF-8 without the escapes of the JSON it stood in.</param>
/// <param name="Tool">The tool's name, of arguments and definitions; else null.</param>
/// <param name="Turn">Index of the message it belongs to; -1 when it belongs to none.</param>
public readonly record struct GuardedText(TextSource Source, ReadOnlyMemory<byte> Utf8, string? Tool = null, int Turn = -1);
