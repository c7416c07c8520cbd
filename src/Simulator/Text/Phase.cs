namespace Gateway.Simulator.Text;

/// <summary>What a generated token is for.</summary>
internal enum Phase : byte
{
    /// <summary>Seen by the parsers only: a marker around thought or a call.</summary>
    Hidden,

    /// <summary>Thought.</summary>
    Reasoning,

    /// <summary>The answer's text.</summary>
    Content,

    /// <summary>Opens a tool call; its text is the function's name.</summary>
    ToolName,

    /// <summary>Part of a tool call's arguments.</summary>
    Arguments,

    /// <summary>The end-of-turn token.</summary>
    End,
}
