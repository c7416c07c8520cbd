using System.Globalization;

namespace Gateway.Guardrails.Content.Blocklist;

/// <summary>What characters are compared as: one symbol or several, without case, width, ligature and composition.</summary>
/// <remarks>
/// Compatibility decomposition with case folding, from the Unicode Character Database (see Folding.txt); the runtime has no tables for it
/// under invariant globalization. Syllables of Hangul become their letters (Unicode Standard 3.12).
/// </remarks>
internal static class Folding
{
    /// <summary>Symbols of the character that has most of them, U+FDFA.</summary>
    public const int MostSymbols = 18;

    private const int Plane = 0x10000;
    private const int KindShift = 24;
    private const int Sequence = 1 << 30;
    private const int FirstSyllable = 0xAC00, LastSyllable = 0xD7A3, Vowels = 21, Trails = 28;

    private static readonly int[] Basic = new int[Plane];
    private static readonly Dictionary<int, int> Others = [];
    private static readonly List<int[]> Sequences = [];

    static Folding()
    {
        for (var i = 0; i < Plane; i++)
            Basic[i] = Pack(i);
        using var stream = typeof(Folding).Assembly.GetManifestResourceStream("Gateway.Guardrails.Content.Blocklist.Folding.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
                Read(line);
        }

        for (var i = 'A'; i <= 'Z'; i++)
            Basic[i] = Pack(i | 0x20);
    }

    /// <summary>The kind of a symbol.</summary>
    public static SymbolKind KindOf(int symbol) => (SymbolKind)(symbol >> KindShift);

    /// <summary>A character's symbols.</summary>
    /// <param name="rune">The character.</param>
    /// <param name="symbols">Filled in; <see cref="MostSymbols"/> long.</param>
    /// <returns>How many there are; one of the kind <see cref="SymbolKind.Ignored"/> for what is passed over.</returns>
    public static int Fold(int rune, Span<int> symbols)
    {
        if (rune is >= FirstSyllable and <= LastSyllable)
            return FoldSyllable(rune - FirstSyllable, symbols);
        var entry = rune < Plane ? Basic[rune] : Others.TryGetValue(rune, out var other) ? other : Pack(rune);
        if (entry < Sequence)
        {
            symbols[0] = entry;
            return 1;
        }

        var sequence = Sequences[entry & ~Sequence];
        sequence.CopyTo(symbols);
        return sequence.Length;
    }

    private static int FoldSyllable(int index, Span<int> symbols)
    {
        symbols[0] = Basic[0x1100 + index / (Vowels * Trails)];
        symbols[1] = Basic[0x1161 + index % (Vowels * Trails) / Trails];
        symbols[2] = Basic[0x11A7 + index % Trails];
        return index % Trails == 0 ? 2 : 3;
    }

    /// <summary>A line of the table; its head says how to read it.</summary>
    private static void Read(string line)
    {
        var isIgnored = line[0] == '-';
        var parts = line.TrimStart('-').Split(' ');
        var isPaired = parts[0].Contains('/', StringComparison.Ordinal);
        var range = Array.ConvertAll(parts[0].Split('-', '/'), Number);
        var to = Array.ConvertAll(parts[1..], Number);
        for (var i = range[0]; i <= range[^1]; i += isPaired ? 2 : 1)
        {
            if (isIgnored)
                Set(i, (int)SymbolKind.Ignored << KindShift);
            else if (isPaired)
                Set(i, Pack(i + 1));
            else if (to.Length == 1)
                Set(i, Pack(to[0] + i - range[0]));
            else
                SetSequence(i, to);
        }
    }

    private static void SetSequence(int rune, int[] to)
    {
        Set(rune, Sequence | Sequences.Count);
        Sequences.Add(Array.ConvertAll(to, Pack));
    }

    private static void Set(int rune, int entry)
    {
        if (rune < Plane)
            Basic[rune] = entry;
        else
            Others[rune] = entry;
    }

    private static int Number(string hexadecimal) => int.Parse(hexadecimal, NumberStyles.AllowHexSpecifier);

    private static int Pack(int rune)
    {
        var kind = Classify(rune);
        return ((int)kind << KindShift) | (kind == SymbolKind.Space ? ' ' : rune);
    }

    private static SymbolKind Classify(int rune)
    {
        switch (CharUnicodeInfo.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.DashPunctuation
                or UnicodeCategory.ConnectorPunctuation:
                return SymbolKind.Space;
            case UnicodeCategory.Control:
                return rune is >= '\t' and <= '\r' ? SymbolKind.Space : SymbolKind.Sign;
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark:
                return SymbolKind.Mark;
            case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
                or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber:
                return OfLetter(rune);
            default:
                return SymbolKind.Sign;
        }
    }

    /// <summary>By the blocks of the Unicode Standard.</summary>
    private static SymbolKind OfLetter(int rune) => rune switch
    {
        (>= 0x1160 and <= 0x11FF) or (>= 0xD7B0 and <= 0xD7FF) => SymbolKind.Mark,
        (>= 0x1100 and <= 0x115F) or (>= 0xA960 and <= 0xA97F) or (>= FirstSyllable and <= LastSyllable) => SymbolKind.Hangul,
        (>= 0x0E00 and <= 0x0FFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF) => SymbolKind.Alone,
        (>= 0x3005 and <= 0x3007) or (>= 0x3040 and <= 0x312F) or (>= 0x31A0 and <= 0x31FF) or (>= 0x3400 and <= 0x9FFF)
            or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF) => SymbolKind.Alone,
        _ => SymbolKind.Letter,
    };
}
