namespace Gateway.Simulator.Text;

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
