using Gateway.Protocol;

namespace Gateway.Guarding.Requests;

/// <summary>Finds places of a string's text in its JSON, walking the escapes once; places are asked for in rising order.</summary>
/// <param name="raw">Content of the JSON string.</param>
/// <param name="reading">Which escapes the text is without; of <see cref="EscapeReading.None"/>, places are only brought to where an escape begins or ends.</param>
internal ref struct EscapeWalk(ReadOnlySpan<byte> raw, EscapeReading reading)
{
    private readonly ReadOnlySpan<byte> _raw = raw;
    private int _rawAt;
    private int _textAt;
    private int _run = -1;

    /// <summary>Where the byte of the text begins, or the escape that it is a part of.</summary>
    public int Floor(int text) => Find(text, isEnd: false);

    /// <summary>Where the bytes before this place of the text end, or the escape that the last of them is a part of.</summary>
    public int Ceiling(int text) => Find(text, isEnd: true);

    private int Find(int place, bool isEnd)
    {
        while (true)
        {
            if (_run < 0)
            {
                _run = _raw[_rawAt..].IndexOf((byte)'\\');
                if (_run < 0)
                    _run = _raw.Length - _rawAt;
            }

            if (place <= _textAt + _run)
                return _rawAt + place - _textAt;
            var escape = _rawAt + _run;
            if (escape == _raw.Length)
                return escape;
            var (width, inText) = JsonEscape.Read(_raw[escape..], reading, out _);
            var behind = _textAt + _run + inText;
            if (place < behind)
                return isEnd ? escape + width : escape;
            (_rawAt, _textAt, _run) = (escape + width, behind, -1);
        }
    }
}
