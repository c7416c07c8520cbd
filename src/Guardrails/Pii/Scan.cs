using Gateway.Guardrails.Pii.Contacts;
using Gateway.Guardrails.Pii.Reading;
using Gateway.Guardrails.Text;

namespace Gateway.Guardrails.Pii;

/// <summary>One look over a folded text: finds the words that something may begin with, and asks the recognisers about them.</summary>
/// <param name="roster">The recognisers.</param>
/// <param name="text">The text.</param>
/// <param name="isEnd">Nothing follows.</param>
/// <param name="map">The way back to the original; null when nothing was folded.</param>
internal ref struct Scan(Roster roster, ReadOnlySpan<byte> text, bool isEnd, FoldedText? map)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private Cursor _cursor = new(text, isEnd, map);
    private int _from;
    private Sightings _seen;

    /// <summary>The place from which on more text could change the judgement.</summary>
    public int Open { get; private set; } = text.Length;

    /// <summary>What was seen.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public ref Sightings Seen => ref _seen;

    /// <summary>Looks at the text from a place on.</summary>
    public void Run(int from)
    {
        _from = from;
        for (var at = from; at < _text.Length;)
        {
            var next = _text[at..].IndexOfAny(roster.Triggers);
            if (next < 0)
                break;
            at = _text[at + next] == '@' ? Mailbox(at + next) : WordAt(at + next);
        }

        if (!isEnd)
            Tail();
    }

    private int Mailbox(int place)
    {
        _cursor.Begin(place);
        var end = EmailRecognizer.Read(ref _cursor, place);
        if (_cursor.Touched)
            Open = Math.Min(Open, Math.Max(_cursor.From, _from));
        else if (end >= 0 && _cursor.From >= _from)
            _seen.Add(EmailRecognizer.Label, _cursor.From, end, rank: 0);
        return place + 1;
    }

    /// <summary>Judges the word that a digit belongs to.</summary>
    /// <returns>Where to go on.</returns>
    private int WordAt(int place)
    {
        var start = StartOf(place);
        var rest = _text[place..].IndexOfAnyExcept(Letters.Word);
        var end = rest < 0 ? _text.Length : place + rest;
        // What began before was judged before; what is longer is a blob.
        if (start < _from || end - start > Word.Longest)
            return end;
        _cursor.Begin(start);
        if (!Letters.IsDigit(_text[start]))
        {
            var named = Judge(new Word(start, end, 0, IsSpaced: false), roster.OfLetters);
            return named < 0 ? end : Math.Max(named, end);
        }

        var lead = Lead(start, end);
        if (lead == Within)
            return end;
        if (lead >= _from && lead < start && Judge(new Word(lead, end, 0, IsSpaced(lead)), roster.OfLetters) is var led and >= 0)
            return Math.Max(led, end);
        var digits = _text[start..end].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var word = new Word(start, end, digits < 0 ? end - start : digits, end - start == 1 && IsSpaced(start));
        var mayGrow = end == _text.Length && !isEnd;
        var asked = word.IsSpaced || _cursor.Touched ? roster.OfAnyNumber : roster.OfDigits(word.Digits, mayGrow && word.IsNumber);
        var found = Judge(word, asked, isOpen: _cursor.Touched || (mayGrow && word.IsNumber));
        return found < 0 ? end : Math.Max(found, end);
    }

    private const int Within = -2;

    /// <summary>
    /// Where one or two letters begin that stand before a number and may belong to it, or letters that stand apart; <see cref="Within"/> where
    /// the number is one of several digits that stand apart, and not the first; else the number's own beginning.
    /// </summary>
    private readonly int Lead(int start, int end)
    {
        if (end - start == 1)
        {
            var first = start;
            while (start - first < 2 * Form.Most && IsApart(first - 2))
            {
                if (Letters.IsDigit(_text[first - 2]))
                    return Within;
                first -= 2;
            }

            if (first < start)
                return first;
        }

        if (start < 2 || _text[start - 1] is not ((byte)' ' or (byte)'-' or (byte)'.') || !Letters.IsUpper(_text[start - 2]))
            return start;
        var letters = start >= 3 && Letters.IsUpper(_text[start - 3]) ? start - 3 : start - 2;
        return letters > 0 && Letters.IsWord(_text[letters - 1]) ? start : letters;
    }

    /// <summary>Whether a letter or digit and a space stand at a place, and neither belongs to a word.</summary>
    private readonly bool IsApart(int place) =>
        place >= 0 && Letters.IsAlphanumeric(_text[place]) && _text[place + 1] == ' ' && (place == 0 || !Letters.IsWord(_text[place - 1]));

    /// <summary>Whether the word at a place is the first of several of one letter. Looks ahead.</summary>
    private bool IsSpaced(int start) =>
        !Letters.IsWord(_cursor[start + 1]) && _cursor[start + 1] == ' ' && Letters.IsAlphanumeric(_cursor[start + 2]) && !Letters.IsWord(_cursor[start + 3]);

    private readonly int StartOf(int place)
    {
        var start = place;
        while (start > 0 && place - start <= Word.Longest && Letters.IsWord(_text[start - 1]))
            start--;
        return start;
    }

    /// <summary>Asks recognisers about a word, one after the other, until one finds something.</summary>
    /// <returns>Where what was found ends; -1 when nothing was, or nothing yet.</returns>
    private int Judge(in Word word, IPiiRecognizer[] asked, bool isOpen = false)
    {
        if (asked.Length == 0)
            return -1;
        _cursor.Begin(word.Start);
        if (!_cursor.Begins(word.Start) && !_cursor.Touched)
            return -1;
        isOpen |= _cursor.Touched;
        var open = isOpen ? word.Start : Open;
        for (var i = 0; i < asked.Length; i++)
        {
            (_cursor.Touched, _cursor.From) = (false, word.Start);
            var end = asked[i].Read(ref _cursor, word);
            if (_cursor.Touched || isOpen)
            {
                isOpen = true;
                open = Math.Min(open, Math.Max(_from, _cursor.From));
            }
            else if (end >= 0 && _cursor.From >= _from)
            {
                _seen.Add(asked[i].Label, _cursor.From, end, rank: 1 + i);
                return end;
            }
        }

        Open = Math.Min(Open, open);
        return -1;
    }

    /// <summary>What the text's end may be the beginning of, though no digit and no <c>@</c> has come.</summary>
    private void Tail()
    {
        var end = _text.Length;
        _cursor.Begin(end);
        if (roster.HasEmail)
            Open = Math.Min(Open, Math.Max(_from, EmailRecognizer.OpenFrom(ref _cursor)));
        foreach (var opener in roster.Openers)
            Open = Math.Min(Open, Math.Max(_from, opener.OpenFrom(ref _cursor)));
        if (end > 0 && _text[end - 1] is (byte)' ' or (byte)'-' or (byte)'.')
            end--;
        var start = StartOf(end);
        while (end - start == 1 && IsApart(start - 2) && Letters.IsLetter(_text[start - 2]))
            (start, end) = (start - 2, start - 1);
        if (start < end && start >= _from && Letters.IsLetter(_text[start]) && (end == _text.Length || end - start <= 2))
        {
            _cursor.Begin(start);
            Judge(new Word(start, end, 0, end - start == 1 && (IsSpaced(start) | _cursor.Touched)), roster.OfLetters);
        }
    }
}
