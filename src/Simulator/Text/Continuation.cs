namespace Gateway.Simulator.Text;

/// <summary>Goes on where a half-said answer stopped.</summary>
internal static class Continuation
{
    /// <summary>
    /// Drops from the script what was said already. If it was not said by this model under this prompt, the whole answer follows it,
    /// after a space.
    /// </summary>
    public static void Skip(Script script, ReadOnlySpan<byte> said)
    {
        if (said.IsEmpty) return;
        var content = script.Pieces.FindIndex(piece => piece.Phase is not (Phase.Hidden or Phase.Reasoning));
        if (content < 0) content = script.Pieces.Count - 1;
        if (TryDrop(script, 0, said) || TryDrop(script, content, said)) return;
        script.Pieces.RemoveRange(0, content);
        script.Skipped = content;
        if (script.Pieces.Count > 0 && script.Pieces[0].Phase == Phase.Content)
            script.Pieces.Insert(0, new Piece((byte)' ', Phase.Content, " "u8.ToArray()));
    }

    private static bool TryDrop(Script script, int from, ReadOnlySpan<byte> said)
    {
        var at = from;
        while (!said.IsEmpty)
        {
            if (at == script.Pieces.Count) return false;
            var piece = script.Pieces[at];
            if (piece.Phase == Phase.End) return false;
            if (said.Length < piece.Text.Length)
            {
                if (!piece.Text.Span.StartsWith(said)) return false;
                var rest = new List<Piece>();
                Piece.Split(piece.Text[said.Length..], piece.Phase, rest);
                script.Pieces.RemoveRange(0, at + 1);
                script.Pieces.InsertRange(0, rest);
                script.Skipped = at;
                return true;
            }
            if (!said.StartsWith(piece.Text.Span)) return false;
            said = said[piece.Text.Length..];
            at++;
        }
        script.Pieces.RemoveRange(0, at);
        script.Skipped = at;
        return true;
    }
}
