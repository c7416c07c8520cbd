namespace Gateway.Guardrails.Content.Blocklist;

/// <summary>What a character means for where words begin and end.</summary>
internal enum SymbolKind : byte
{
    /// <summary>Invisible, or a stroke over another: passed over.</summary>
    Ignored,

    /// <summary>A blank, a hyphen, an underscore; several in a row are one.</summary>
    Space,

    /// <summary>Punctuation and symbols: no part of words.</summary>
    Sign,

    /// <summary>A letter or digit of a script that puts blanks between words.</summary>
    Letter,

    /// <summary>A letter of one that does not, such as Han, Kana or Thai: a word may begin and end beside it.</summary>
    Alone,

    /// <summary>A syllable of Hangul, or the consonant that begins one.</summary>
    Hangul,

    /// <summary>Belongs to the character before it.</summary>
    Mark,
}
