namespace Gateway.Guardrails.Pii.Reading;

/// <summary>How a number is written.</summary>
/// <remarks>
/// The pattern is made of <c>9</c> for a digit, <c>A</c> for a capital, <c>#</c> for either; <c>-</c> for a hyphen, <c>.</c> for a full stop and
/// <c>/</c> for a slash that must be there; <c>_</c> for a space, hyphen or full stop that must be there, and the same one throughout; <c>~</c> for one that may be.
/// In a spaced-out word any letters may stand apart.
/// </remarks>
/// <param name="pattern">The pattern.</param>
/// <param name="speaks">Whether a number so written needs no word before it that tells what it is.</param>
internal sealed class Form(string pattern, bool speaks)
{
    /// <summary>The longest that is read, in letters and digits.</summary>
    public const int Most = 20;

    private readonly byte[] _pattern = System.Text.Encoding.ASCII.GetBytes(pattern);
    private readonly bool _hasSeparators = pattern.Any(static part => part is '-' or '.' or '/' or '_');

    /// <summary>Whether a number so written needs no word before it that tells what it is. Spaced out, it has lost the separators that told.</summary>
    public bool Speaks(in Word word) => speaks && !(word.IsSpaced && _hasSeparators);

    /// <summary>How many digits and letters it has.</summary>
    public int Count { get; } = pattern.AsSpan().Count('9') + pattern.AsSpan().Count('A') + pattern.AsSpan().Count('#');

    /// <summary>See <see cref="IPiiRecognizer.Beginnings"/>.</summary>
    public uint Beginnings => BeginningsOf(_pattern);

    /// <summary>Reads a number.</summary>
    /// <param name="cursor">The text.</param>
    /// <param name="word">Where it begins.</param>
    /// <param name="letters">Filled with its digits and letters.</param>
    /// <returns>Where it ends; -1 when it is not written so.</returns>
    public int Read(ref Cursor cursor, in Word word, scoped Span<byte> letters)
    {
        var (at, count, separator) = (word.Start, 0, (byte)0);
        foreach (var part in _pattern)
        {
            if (part is (byte)'9' or (byte)'A' or (byte)'#')
            {
                if (word.IsSpaced && count > 0)
                    at = SkipSpaces(ref cursor, at);
                var letter = cursor[at];
                if (!(part == '9' ? Letters.IsDigit(letter) : part == 'A' ? Letters.IsUpper(letter) : Letters.IsDigit(letter) || Letters.IsUpper(letter)))
                    return -1;
                letters[count++] = letter;
                at++;
                continue;
            }

            if (word.IsSpaced)
                at = SkipSpaces(ref cursor, at);
            var sign = cursor[at];
            if (IsSeparator(part, sign, ref separator))
                at++;
            else if (part != '~' && !word.IsSpaced)
                return -1;
        }

        return at;
    }

    private static bool IsSeparator(byte part, byte sign, ref byte separator)
    {
        if (part is not ((byte)'_' or (byte)'~'))
            return sign == part;
        if (sign is not ((byte)' ' or (byte)'-' or (byte)'.') || (part == '_' && separator != 0 && separator != sign))
            return false;
        separator = sign;
        return true;
    }

    private static int SkipSpaces(ref Cursor cursor, int at)
    {
        for (var skipped = 0; skipped < 3 && cursor[at] is (byte)' '; skipped++)
            at++;
        return at;
    }

    private static uint BeginningsOf(ReadOnlySpan<byte> pattern)
    {
        var (digits, beginnings) = (0, 0u);
        foreach (var part in pattern)
        {
            if (part == '9')
            {
                digits++;
                continue;
            }

            if (part == '#')
            {
                // A digit or a letter: as many digits as there are, or more.
                for (var more = digits; more <= 31; more++)
                    beginnings |= 1u << more;
                return beginnings;
            }

            beginnings |= 1u << digits;
            if (part != '~')
                return beginnings;
        }

        return beginnings | (1u << digits);
    }
}
