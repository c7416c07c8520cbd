namespace Gateway.Dispatch.Resume;

/// <summary>Finds a stop string that begins in what was shown before a seam and ends behind it, where no replica sees it whole.</summary>
/// <remarks>A replica that holds back what may become a stop string never shows such a beginning; one that does not, may.</remarks>
internal sealed class StopScan
{
    private readonly IReadOnlyList<byte[]> _stops;
    private readonly int _longest;
    private readonly int _seam;
    private byte[] _window;

    private StopScan(IReadOnlyList<byte[]> stops, int longest, byte[] tail) =>
        (_stops, _longest, _window, _seam) = (stops, longest, tail, tail.Length);

    /// <param name="stops">The request's stop strings, in UTF-8.</param>
    /// <param name="shown">What was shown, as the inside of a JSON string.</param>
    /// <returns>Null when nothing shown can be the beginning of one.</returns>
    public static StopScan? Of(IReadOnlyList<byte[]> stops, ReadOnlySpan<byte> shown)
    {
        var longest = 0;
        foreach (var stop in stops)
            longest = Math.Max(longest, stop.Length);
        if (longest < 2 || shown.IsEmpty)
            return null;
        var text = RawText.Unescape(shown);
        return new StopScan(stops, longest, text[Math.Max(0, text.Length - longest + 1)..]);
    }

    /// <summary>Takes the next text behind the seam.</summary>
    /// <param name="text">Inside of a JSON string.</param>
    /// <returns>Whether a stop string that began before the seam is whole now.</returns>
    public bool Meets(ReadOnlySpan<byte> text)
    {
        if (_window.Length - _seam >= _longest)
            return false;
        _window = [.. _window, .. RawText.Unescape(text)];
        foreach (var stop in _stops)
        {
            var from = Math.Max(0, _seam - stop.Length + 1);
            var at = _window.AsSpan(from).IndexOf(stop);
            if (at >= 0 && from + at < _seam && from + at + stop.Length > _seam)
                return true;
        }

        return false;
    }
}
