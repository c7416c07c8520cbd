namespace Gateway.Routing.Languages;

/// <summary>Letters of a text by script, where the script tells the language.</summary>
internal struct ScriptCounts
{
    private int _hangul;
    private int _kana;
    private int _han;
    private int _cyrillic;
    private int _latin;

    /// <summary>Null when Latin letters prevail, or nothing does. Han letters weigh more: one of them is a word.</summary>
    public readonly string? Language
    {
        get
        {
            if (Math.Max(Math.Max(_hangul, _kana + _han), _cyrillic) * 3 <= _latin)
                return null;
            if (_kana + _han > Math.Max(_hangul, _cyrillic))
                return _kana * 10 > _han ? "ja" : "zh";
            return _hangul > _cyrillic ? "ko" : _cyrillic > 0 ? "ru" : null;
        }
    }

    public void Add(int rune)
    {
        switch (rune)
        {
            case (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= 0xC0 and <= 0x24F):
                _latin++;
                break;
            case >= 0x400 and <= 0x4FF:
                _cyrillic++;
                break;
            case (>= 0xAC00 and <= 0xD7A3) or (>= 0x1100 and <= 0x11FF) or (>= 0x3130 and <= 0x318F):
                _hangul++;
                break;
            case >= 0x3040 and <= 0x30FF:
                _kana++;
                break;
            case (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF):
                _han++;
                break;
        }
    }
}
