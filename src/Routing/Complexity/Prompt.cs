namespace Gateway.Routing.Complexity;

/// <summary>What a prompt is judged by, scoped by role: the ask itself, and numbers about everything around it.</summary>
public readonly ref struct Prompt
{
    /// <summary>Text of the last user turn, UTF-8, unescaped.</summary>
    public ReadOnlySpan<byte> Ask { get; init; }

    /// <summary>The earlier ask that a follow-up such as "yes, do it" goes on with, UTF-8; empty when the ask stands for itself.</summary>
    public ReadOnlySpan<byte> Topic { get; init; }

    /// <summary>What kind of turn the ask is.</summary>
    public AskKind Kind { get; init; }

    /// <summary>The tools offered, as the caller's JSON array; empty when there are none.</summary>
    public ReadOnlySpan<byte> ToolsJson { get; init; }

    /// <summary>Bytes of system and developer text. Known, never a reason by itself: agents send 20 kB of it with every "hi".</summary>
    public int SystemBytes { get; init; }

    /// <summary>Bytes of all earlier turns.</summary>
    public int HistoryBytes { get; init; }

    /// <summary>User turns, the last one included.</summary>
    public int UserTurns { get; init; }

    /// <summary>Results of tool calls in the conversation.</summary>
    public int ToolResults { get; init; }

    /// <summary>Tools offered.</summary>
    public int Tools { get; init; }

    /// <summary>Images, audio clips and files in any turn.</summary>
    public int Attachments { get; init; }

    /// <summary>Tokens of the whole prompt, estimated from its bytes.</summary>
    public int EstimatedTokens { get; init; }
}
