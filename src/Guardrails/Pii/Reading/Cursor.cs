using Gateway.Guardrails.Text;

namespace Gateway.Guardrails.Pii.Reading;

/// <summary>A text as recognisers read it: byte by byte, and it takes note when one of them looks behind the end of what has come.</summary>
/// <remarks>
/// That note is what makes judgements independent of where a stream is cut: a recogniser that has not looked behind the end would say the same
/// whatever follows, and one that has is asked again. So recognisers read through this alone, and no further than they must.
/// </remarks>
/// <param name="text">The folded text.</param>
/// <param name="isEnd">Nothing follows.</param>
/// <param name="map">The way back to the original; null when nothing was folded.</param>
internal ref struct Cursor(ReadOnlySpan<byte> text, bool isEnd, FoldedText? map)
{
    /// <summary>Bytes of the original before a place that its judgement may depend on.</summary>
    public const int Reach = 256;

    private readonly ReadOnlySpan<byte> _text = text;

    /// <summary>Whether the judgement that is being made depends on what is still to come.</summary>
    public bool Touched { get; set; }

    /// <summary>Where what is being judged begins; a recogniser may find that it begins before the word that it was asked about.</summary>
    public int From { get; set; }

    /// <summary>The first byte that may be looked at.</summary>
    public int Floor { get; private set; }

    public readonly ReadOnlySpan<byte> Text => _text;

    public readonly int Length => _text.Length;

    public readonly bool IsEnd => isEnd;

    /// <summary>The byte at a place; 0 before the first that may be looked at and behind the last.</summary>
    public byte this[int place]
    {
        get
        {
            if ((uint)place >= (uint)_text.Length)
            {
                if (place >= 0 && !isEnd)
                    Touched = true;
                return 0;
            }

            return place < Floor ? (byte)0 : _text[place];
        }
    }

    /// <summary>Begins a judgement.</summary>
    public void Begin(int place)
    {
        Touched = false;
        From = place;
        Floor = map is null ? Math.Max(0, place - Reach) : map.PlaceOf(map.Origin(place) - Reach);
    }

    /// <summary>Takes note that more text would matter.</summary>
    public void Touch() => Touched |= !isEnd;

    /// <summary>The text before a place, as far as it may be looked at and at most so many bytes.</summary>
    public readonly ReadOnlySpan<byte> Before(int place, int most) => _text[Math.Max(Floor, place - most)..place];

    /// <summary>Whether what ends before a place is more than a part of a longer word or number.</summary>
    public bool Ends(int place)
    {
        var next = this[place];
        if (Letters.IsWord(next) || next == '@')
            return false;
        return next switch
        {
            (byte)'-' => !Letters.IsWord(this[place + 1]),
            (byte)'.' or (byte)'/' => !Letters.IsDigit(this[place + 1]),
            _ => true,
        };
    }

    /// <summary>Whether what ends before a place, its letters standing apart, is followed by no more such letters.</summary>
    public bool EndsApart(int place) => this[place] != ' ' || !Letters.IsAlphanumeric(this[place + 1]) || Letters.IsWord(this[place + 2]);

    /// <summary>Whether a word or number may begin at a place, and is not a part of a longer one.</summary>
    public bool Begins(int place)
    {
        var before = this[place - 1];
        if (Letters.IsWord(before))
            return false;
        var further = this[place - 2];
        return before switch
        {
            (byte)'-' or (byte)'+' or (byte)'.' or (byte)'@' => !Letters.IsWord(further),
            (byte)'/' => !Letters.IsDigit(further),
            (byte)',' => !Letters.IsDigit(further) || !IsThousands(place),
            _ => true,
        };
    }

    private bool IsThousands(int place) =>
        Letters.IsDigit(this[place]) && Letters.IsDigit(this[place + 1]) && Letters.IsDigit(this[place + 2]) && !Letters.IsWord(this[place + 3]);
}
