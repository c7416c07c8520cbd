namespace Gateway.Simulator.Text;

/// <summary>Ends a script at the first stop string.</summary>
internal static class StopStrings
{
    public static void Apply(Script script, List<byte[]> stops, bool include)
    {
        var text = new List<byte>();
        foreach (var piece in script.Pieces)
            if (piece.Phase == Phase.Content) text.AddRange(piece.Text.Span);
        var all = text.ToArray();
        var (end, from, met) = (int.MaxValue, 0, (byte[]?)null);
        foreach (var stop in stops)
        {
            var at = all.AsSpan().IndexOf(stop);
            if (at >= 0 && at + stop.Length < end) (end, from, met) = (at + stop.Length, at, stop);
        }
        if (met is null) return;
        Truncate(script, include ? end : from, end);
        script.FinishReason = "stop";
        script.StopReason = met;
    }

    /// <summary>Keeps the tokens that were generated until the stop string was whole, and only the text up to <paramref name="keep"/>.</summary>
    private static void Truncate(Script script, int keep, int end)
    {
        var position = 0;
        for (var i = 0; i < script.Pieces.Count; i++)
        {
            var piece = script.Pieces[i];
            if (piece.Phase != Phase.Content) continue;
            var visible = Math.Clamp(keep - position, 0, piece.Text.Length);
            position += piece.Text.Length;
            script.Pieces[i] = piece with { Text = piece.Text[..visible] };
            if (position < end) continue;
            script.Pieces.RemoveRange(i + 1, script.Pieces.Count - i - 1);
            return;
        }
    }
}
