using System.Numerics;

namespace Gateway.Guardrails.Content.Languages;

/// <summary>What speaks for which language in a text, letter by letter and word by word.</summary>
internal ref struct LanguageVotes(Span<int> letters, Span<int> words)
{
    // A text of fewer letters, or small words, may be a name, a quotation, an error message.
    private const int LeastLetters = 24, LeastSyllables = 12, LeastWords = 12, LeastVotes = 5;

    /// <summary>The part of the letters that are of one script before it is the text's: the rest are names and terms.</summary>
    private const double LeastShare = 0.6;

    /// <summary>The part of a text's words that are small words of its language: a quarter to a half in prose, hardly any in code.</summary>
    private const double LeastVotesPerWord = 0.18;

    private readonly Span<int> _letters = letters;
    private readonly Span<int> _votes = words;
    private int _all, _words, _telling;
    private bool _hasNews;
    private string? _told;

    /// <summary>A letter of ASCII.</summary>
    public void AddPlainLetter()
    {
        _all++;
        _letters[Script.Latin]++;
    }

    public void AddLetter(int letter)
    {
        var script = Script.Of(letter);
        _all++;
        if (script != Script.None)
            _letters[script]++;
        _hasNews |= script > Script.Latin;
        if (Script.Tell(letter) is { } told)
        {
            // Urdu has the letters that tell Persian from Arabic too.
            _told = _told == "ur" ? "ur" : told;
            _telling++;
        }
    }

    public void AddWord(ReadOnlySpan<char> word)
    {
        _words++;
        _hasNews |= _words == LeastWords;
        for (var languages = SmallWords.Of(word); languages != 0; languages &= languages - 1)
        {
            _votes[BitOperations.TrailingZeroCount(languages)]++;
            _hasNews = true;
        }
    }

    /// <summary>Whether something has been added, since this was asked, that may have made the language clear.</summary>
    public bool TakeNews()
    {
        var had = _hasNews;
        _hasNews = false;
        return had;
    }

    /// <summary>The language, as soon as it is clear; null before.</summary>
    public readonly string? Clear
    {
        get
        {
            var script = Script.Latin;
            for (var i = 1; i < Script.Count; i++)
                script = _letters[i] > _letters[script] ? i : script;
            return script == Script.Latin ? OfLatin() : OfScript(script);
        }
    }

    private readonly string? OfLatin()
    {
        if (_words < LeastWords || _letters[Script.Latin] < LeastShare * _all)
            return null;
        var (best, second) = (0, -1);
        for (var i = 1; i < _votes.Length; i++)
        {
            if (_votes[i] > _votes[best])
                (best, second) = (i, best);
            else if (second < 0 || _votes[i] > _votes[second])
                second = i;
        }

        var isClear = _votes[best] >= LeastVotes && _votes[best] >= LeastVotesPerWord * _words && 2 * _votes[best] >= 3 * _votes[second] + 2;
        return isClear ? SmallWords.Codes[best] : null;
    }

    private readonly string? OfScript(int script)
    {
        // Japanese mixes its own letters with Chinese ones; Chinese has none of the former.
        var (han, kana) = (_letters[Script.Han], _letters[Script.Kana]);
        var isEastern = script is Script.Han or Script.Kana;
        var count = isEastern ? han + kana : _letters[script];
        if (count < (script >= Script.Hangul ? LeastSyllables : LeastLetters) || count < LeastShare * _all)
            return null;
        if (isEastern)
            return kana * 10 > han ? "ja" : "zh";
        return _told is not null && _telling * 100 > count && Script.Languages[script].Contains(_told) ? _told : Script.Languages[script][0];
    }
}
