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

/// <summary>One generated token. Its bytes may be part of a character; hidden tokens have none.</summary>
internal readonly record struct Piece(int Id, Phase Phase, ReadOnlyMemory<byte> Text)
{
    public static Piece End { get; } = new(StandInTokenizer.TurnEnd, Phase.End, default);

    /// <summary>Adds the tokens of a text to a list.</summary>
    public static void Split(ReadOnlyMemory<byte> text, Phase phase, List<Piece> pieces)
    {
        while (!text.IsEmpty)
        {
            var length = StandInTokenizer.Next(text.Span, out var id);
            pieces.Add(new Piece(id, phase, text[..length]));
            text = text[length..];
        }
    }
}
