using System.Collections.Immutable;

namespace Gateway.Guardrails.Content.Languages;

/// <summary>Scripts, by the blocks of the Unicode Standard, and the languages that are written in them.</summary>
internal static class Script
{
    public const int None = -1, Latin = 0, Cyrillic = 1, Greek = 2, Hebrew = 3, Arabic = 4, Devanagari = 5, Thai = 6, Hangul = 7, Kana = 8, Han = 9, Count = 10;

    /// <summary>For each script, the language that is meant when nothing says otherwise, and others that use it.</summary>
    public static readonly ImmutableArray<ImmutableArray<string>> Languages =
    [
        [], ["ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg"], ["el"], ["he", "yi"], ["ar", "fa", "ur", "ps", "ku", "sd", "ug"],
        ["hi", "mr", "ne", "sa"], ["th"], ["ko"], ["ja"], ["zh"],
    ];

    public static int Of(int letter) => letter switch
    {
        < 0x250 or (>= 0x1E00 and <= 0x1EFF) => Latin,
        >= 0x370 and <= 0x3FF or (>= 0x1F00 and <= 0x1FFF) => Greek,
        >= 0x400 and <= 0x52F => Cyrillic,
        >= 0x590 and <= 0x5FF => Hebrew,
        (>= 0x600 and <= 0x77F) or (>= 0xFB50 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC) => Arabic,
        >= 0x900 and <= 0x97F => Devanagari,
        >= 0xE00 and <= 0xE7F => Thai,
        (>= 0x1100 and <= 0x11FF) or (>= 0x3130 and <= 0x318F) or (>= 0xAC00 and <= 0xD7A3) => Hangul,
        (>= 0x3040 and <= 0x30FF) or (>= 0xFF66 and <= 0xFF9D) => Kana,
        (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF) => Han,
        _ => None,
    };

    /// <summary>The language that a letter is of and the script's first language is not; null for the others.</summary>
    public static string? Tell(int letter) => letter switch
    {
        'і' or 'ї' or 'є' or 'ґ' or 'І' or 'Ї' or 'Є' or 'Ґ' => "uk",
        'پ' or 'چ' or 'ژ' or 'گ' or 'ک' or 'ی' => "fa",
        'ٹ' or 'ڈ' or 'ڑ' or 'ے' or 'ں' => "ur",
        _ => null,
    };
}
