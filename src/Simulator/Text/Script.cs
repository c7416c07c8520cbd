namespace Gateway.Simulator.Text;

/// <summary>Everything the model is going to say in one choice, token by token.</summary>
internal sealed class Script
{
    public required List<Piece> Pieces { get; init; }

    /// <summary>"stop", "length" or "tool_calls".</summary>
    public required string FinishReason { get; set; }

    /// <summary>The stop string that was met, or null.</summary>
    public byte[]? StopReason { get; set; }

    /// <summary>The function called, or null.</summary>
    public string? Tool { get; init; }

    /// <summary>Draws the confidences.</summary>
    public ulong Key { get; init; }

    /// <summary>Typical probability of a token, or null for a believable mix.</summary>
    public double? Confidence { get; init; }

    /// <summary>Tokens of this answer that the prompt already held; shifts the draws.</summary>
    public int Skipped { get; set; }

    /// <summary>How many of the pieces, from the first, are thought and its markers.</summary>
    public int Thought { get; set; }
}
