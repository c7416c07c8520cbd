namespace Gateway.Caching.Embedding.Language;

/// <summary>How many letters of a text are of which script.</summary>
internal struct ScriptCount
{
    private int _han;
    private int _kana;
    private int _hangul;
    private int _cyrillic;
    private int _greek;
    private int _arabic;
    private int _hebrew;
    private int _indic;
    private int _thai;

    /// <summary>Letters without accent.</summary>
    public int Plain { get; private set; }

    /// <summary>Latin letters with one.</summary>
    public int Accented { get; private set; }

    /// <summary>Letters of any other script.</summary>
    public int Foreign { get; private set; }

    public void Add(char letter)
    {
        if (letter < 0x80)
        {
            if (char.IsAsciiLetter(letter))
                Plain++;
            return;
        }
        if (letter is (>= '\u00c0' and <= '\u024f' and not '\u00d7' and not '\u00f7') or (>= '\u1e00' and <= '\u1eff') or (>= '\u0300' and <= '\u036f'))
        {
            Accented++;
            return;
        }
        if (!char.IsLetter(letter))
            return;
        Foreign++;
        switch (letter)
        {
            case >= '\u0370' and <= '\u03ff': _greek++; break;
            case >= '\u0400' and <= '\u052f': _cyrillic++; break;
            case >= '\u0590' and <= '\u05ff': _hebrew++; break;
            case >= '\u0600' and <= '\u077f': _arabic++; break;
            case >= '\u0900' and <= '\u0dff': _indic++; break;
            case >= '\u0e00' and <= '\u0e7f': _thai++; break;
            case >= '\u3040' and <= '\u30ff': _kana++; break;
            case >= '\u3400' and <= '\u9fff': _han++; break;
            case >= '\u1100' and <= '\u11ff' or >= '\u3130' and <= '\u318f' or >= '\uac00' and <= '\ud7af': _hangul++; break;
        }
    }

    /// <summary>The language that the most frequent script other than Latin is most often used for.</summary>
    public readonly string Language
    {
        get
        {
            // Japanese mixes its own letters with Chinese ones; Chinese has none of the former.
            if (_kana > 0 && _kana + _han >= Foreign / 2)
                return "ja";
            ReadOnlySpan<(int Count, string Code)> counts =
            [
                (_han, "zh"), (_hangul, "ko"), (_cyrillic, "ru"), (_greek, "el"), (_arabic, "ar"), (_hebrew, "he"), (_indic, "hi"), (_thai, "th"),
            ];
            var best = (Count: 0, Code: AskLanguage.Other);
            foreach (var count in counts)
            {
                if (count.Count > best.Count)
                    best = count;
            }
            return best.Code;
        }
    }
}
