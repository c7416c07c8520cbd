namespace Gateway.Guardrails;

/// <summary>A text with placeholders in it, and the way back from a place in it to the place in the original.</summary>
/// <remarks>Redactions of one text never overlap and are kept by place.</remarks>
public sealed class RedactedText(ReadOnlyMemory<byte> original, int index)
{
    private readonly List<Redaction> _redactions = [];

    public IReadOnlyList<Redaction> Redactions => _redactions;

    /// <summary>Redacts what of a range is not redacted yet.</summary>
    /// <param name="start">In the original.</param>
    /// <param name="end">Behind its last byte.</param>
    /// <param name="placeholder">Gives what stands in place of some bytes.</param>
    public void Redact(int start, int end, Func<ReadOnlyMemory<byte>, string> placeholder)
    {
        for (var i = FirstBehind(start); i <= _redactions.Count && start < end; i++)
        {
            var before = i < _redactions.Count ? _redactions[i] : new Redaction(index, end, 0, "");
            if (i < _redactions.Count && before.End <= start)
                continue;
            var free = Math.Min(end, before.Start);
            if (start < free)
                _redactions.Insert(i++, new Redaction(index, start, free - start, placeholder(original[start..free])));
            start = Math.Max(start, before.End);
        }
    }

    /// <summary>The first redaction that ends behind a place: a text may have very many.</summary>
    private int FirstBehind(int place)
    {
        var (low, high) = (0, _redactions.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _redactions[middle].End <= place ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The text with its placeholders.</summary>
    public ReadOnlyMemory<byte> ToUtf8()
    {
        if (_redactions.Count == 0)
            return original;
        using var text = new MemoryStream(original.Length + 64);
        var at = 0;
        foreach (var redaction in _redactions)
        {
            text.Write(original.Span[at..redaction.Start]);
            text.Write(System.Text.Encoding.UTF8.GetBytes(redaction.With));
            at = redaction.End;
        }

        text.Write(original.Span[at..]);
        return text.ToArray();
    }

    /// <summary>The range of the original that a range of the redacted text stands for; a placeholder that it touches counts as a whole.</summary>
    public (int Start, int End) Origin(int start, int end)
    {
        var (from, to) = (-1, original.Length);
        var (at, shift) = (0, 0);
        foreach (var redaction in _redactions)
        {
            var width = System.Text.Encoding.UTF8.GetByteCount(redaction.With);
            at = redaction.Start - shift;
            if (from < 0 && start < at)
                from = start + shift;
            else if (from < 0 && start < at + width)
                from = redaction.Start;
            if (end <= at)
                return (from, end + shift);
            if (end <= at + width)
                return (from, redaction.End);
            shift += redaction.Length - width;
        }

        return (from < 0 ? Math.Min(start + shift, original.Length) : from, Math.Min(end + shift, to));
    }
}
