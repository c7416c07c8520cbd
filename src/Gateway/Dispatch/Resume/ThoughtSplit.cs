namespace Gateway.Dispatch.Resume;

/// <summary>Tells thought from answer in raw text that goes on in the middle of a thought, as the inside of JSON strings.</summary>
/// <remarks>
/// The form of Qwen, GLM and DeepSeek: <c>&lt;think&gt;</c>, a line, the thought, a line, <c>&lt;/think&gt;</c>, an empty line. The marker and
/// the line ends beside it belong to neither. What may be the beginning of the marker is held back until it is known.
/// </remarks>
public sealed class ThoughtSplit
{
    private const int MostLineEnds = 2;

    private static readonly byte[] Marker = "</think>"u8.ToArray();
    private static readonly byte[] LineEnd = "\\n"u8.ToArray();
    private static readonly byte[] LineAndMarker = [.. LineEnd, .. Marker];

    private byte[] _held = [];
    private int _lineEnds;

    /// <summary>The thought has ended.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Some text is held back.</summary>
    public bool HoldsText => _held.Length > 0;

    /// <summary>One for raw text that goes on in the middle of an answer.</summary>
    public static ThoughtSplit BehindThought() => new() { IsOver = true, _lineEnds = MostLineEnds };

    /// <summary>Takes the next text.</summary>
    /// <returns>What of it, and of what was held back, is thought and what is answer.</returns>
    public (ReadOnlyMemory<byte> Thought, ReadOnlyMemory<byte> Answer) Take(ReadOnlySpan<byte> text)
    {
        if (IsOver)
            return (default, SkipLineEnds(text.ToArray()));
        byte[] all = [.. _held, .. text];
        var marker = all.AsSpan().IndexOf(Marker);
        if (marker < 0)
        {
            var keep = BeginningAtEnd(all);
            _held = all[^keep..];
            return (all.AsMemory(0, all.Length - keep), default);
        }

        (IsOver, _held) = (true, []);
        var thought = all.AsMemory(0, marker);
        if (thought.Span.EndsWith(LineEnd))
            thought = thought[..^LineEnd.Length];
        return (thought, SkipLineEnds(all.AsMemory(marker + Marker.Length)));
    }

    /// <summary>What was held back, once nothing follows it.</summary>
    public ReadOnlyMemory<byte> TakeHeld()
    {
        var held = _held;
        _held = [];
        return held;
    }

    private ReadOnlyMemory<byte> SkipLineEnds(ReadOnlyMemory<byte> text)
    {
        while (_lineEnds < MostLineEnds && text.Span.StartsWith(LineEnd))
        {
            text = text[LineEnd.Length..];
            _lineEnds++;
        }

        if (!text.IsEmpty)
            _lineEnds = MostLineEnds;
        return text;
    }

    /// <summary>Bytes at the end that may become the marker, with the line end before it.</summary>
    private static int BeginningAtEnd(ReadOnlySpan<byte> text)
    {
        for (var length = Math.Min(text.Length, LineAndMarker.Length - 1); length > 0; length--)
        {
            var end = text[^length..];
            if (LineAndMarker.AsSpan().StartsWith(end) || Marker.AsSpan().StartsWith(end))
                return length;
        }

        return 0;
    }
}
