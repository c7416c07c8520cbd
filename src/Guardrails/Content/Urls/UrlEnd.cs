namespace Gateway.Guardrails.Content.Urls;

/// <summary>Tells what ends an address: a blank, an angle bracket, the quote it stands in, a bracket that was opened before it.</summary>
internal ref struct UrlEnd
{
    private readonly byte _quote;
    private readonly bool _isDestination;
    private int _round, _square, _curly;

    /// <param name="text">The text.</param>
    /// <param name="start">Where the address begins in it.</param>
    public UrlEnd(ReadOnlySpan<byte> text, int start)
    {
        _isDestination = UrlOpening.IsDestination(text, start);
        _quote = start > 0 && !_isDestination && text[start - 1] is (byte)'"' or (byte)'\'' or (byte)'`' ? text[start - 1] : (byte)' ';
    }

    /// <summary>Behind the last byte of an address, with the punctuation that may follow it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the address begins.</param>
    /// <param name="from">Up to where it is known to go on.</param>
    public static int Of(ReadOnlySpan<byte> text, int start, int from)
    {
        var end = new UrlEnd(text, start);
        while (from < text.Length && !end.IsAt(text[from]))
            from++;
        return from;
    }

    /// <summary>What no address has in it.</summary>
    public static bool IsHard(byte sign) => sign <= ' ' || sign is 0x7F or (byte)'<' or (byte)'>' or (byte)'/' or (byte)'\\' or (byte)'?' or (byte)'#';

    /// <summary>Whether the address ends before its next byte.</summary>
    public bool IsAt(byte sign)
    {
        switch (sign)
        {
            case <= (byte)' ' or 0x7F or (byte)'<' or (byte)'>':
                return true;
            case (byte)'(':
                _round++;
                return false;
            case (byte)')':
                return --_round < 0;
            case (byte)'[':
                _square++;
                return false;
            case (byte)']':
                return --_square < 0 && !_isDestination;
            case (byte)'{':
                _curly++;
                return false;
            case (byte)'}':
                return --_curly < 0 && !_isDestination;
            default:
                return sign == _quote;
        }
    }
}
