using Gateway.Routing.Complexity.Conversation;

namespace Gateway.Routing.Complexity;

/// <summary>What a prompt is judged by, scoped by role: the ask itself, and numbers about everything around it.</summary>
public readonly ref struct Prompt
{
    /// <summary>
    /// What a person last asked, UTF-8, unescaped: without what an agent's harness put around it, and without the bulk of what was
    /// pasted into it; at most <see cref="AskBounds.Most"/> bytes.
    /// </summary>
    public ReadOnlySpan<byte> Ask { get; init; }

    /// <summary>Bytes of the ask that were left out: pasted code, logs, documents.</summary>
    public int PastedBytes { get; init; }

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

    /// <summary>Messages of any role.</summary>
    public int Messages { get; init; }

    /// <summary>User turns, the last one included.</summary>
    public int UserTurns { get; init; }

    /// <summary>Results of tool calls in the conversation.</summary>
    public int ToolResults { get; init; }

    /// <summary>Tools offered.</summary>
    public int Tools { get; init; }

    /// <summary>Images, audio clips and files in any turn.</summary>
    public int Attachments { get; init; }

    /// <summary>
    /// The text of all messages in their order, one space between two, UTF-8; empty unless the scorer
    /// <see cref="IComplexityScorer.ReadsConversation"/>.
    /// </summary>
    public ReadOnlySpan<byte> Conversation { get; init; }

    /// <summary>Tokens of the whole prompt, estimated from its bytes.</summary>
    public int EstimatedTokens { get; init; }
}
