namespace Gateway.Guarding.Remote;

/// <summary>Finds code points of a text: services count in them, this gateway in bytes.</summary>
/// <remarks>A place about every thousand code points is noted down once, so that any number of lookups stays cheap.</remarks>
internal sealed class CodePoints
{
    private const int Step = 1024;

    private readonly ReadOnlyMemory<byte> _utf8;
    private readonly List<int> _marks = [0];

    /// <param name="utf8">The text, valid UTF-8.</param>
    public CodePoints(ReadOnlyMemory<byte> utf8)
    {
        _utf8 = utf8;
        var text = utf8.Span;
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsFirst(text[i]))
                continue;
            if (Count > 0 && Count % Step == 0)
                _marks.Add(i);
            Count++;
        }
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>The byte at which a code point begins; the text's length for the one behind the last.</summary>
    /// <param name="index">From 0 to <see cref="Count"/>.</param>
    public int ByteAt(int index)
    {
        if (index == Count)
            return _utf8.Length;
        var text = _utf8.Span;
        var at = _marks[index / Step];
        for (var left = index % Step; left > 0; left--)
        {
            do
                at++;
            while (!IsFirst(text[at]));
        }

        return at;
    }

    /// <summary>Whether a byte begins a code point (RFC 3629: those that continue one are 10xxxxxx).</summary>
    public static bool IsFirst(byte value) => (value & 0xC0) != 0x80;
}
