using System.Globalization;

namespace Gateway.Caching.Semantic.Comparison;

/// <summary>Reads numbers in digits and in words: 1,000 and one thousand, 3.50 and 3.5, 1st and first, 5k, 10kg.</summary>
internal static class NumberReader
{
    private const ulong Ordinal = 1;

    /// <summary>The key of a number.</summary>
    public static ulong Key(decimal value)
    {
        Span<char> digits = stackalloc char[32];
        // Dividing by one with all its zeros takes the trailing ones away.
        (value / 1.000000000000000000000000000000m).TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        return WordList.Key(digits[..length], 2);
    }

    /// <summary>The key of an ordinal.</summary>
    public static ulong OrdinalKey(long value) => Key(value) ^ Ordinal;

    /// <summary>Reads a piece that begins with a digit.</summary>
    /// <param name="piece">In lower case.</param>
    /// <param name="value">Its number.</param>
    /// <param name="rest">What follows the number: a unit, the ending of an ordinal, or nothing.</param>
    /// <returns>False when it is no number.</returns>
    public static bool TryRead(ReadOnlySpan<char> piece, out decimal value, out ReadOnlySpan<char> rest)
    {
        var end = piece.LastIndexOfAnyInRange('0', '9') + 1;
        rest = piece[end..];
        var digits = piece[..end];
        if (!decimal.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out value))
            return false;
        if (rest is "k")
        {
            rest = default;
            value *= value < 1_000_000_000 ? 1000 : 1;
        }
        return rest.IndexOfAnyInRange('0', '9') < 0;
    }

    /// <summary>Adds a number word to a number under way: twenty, then five; two, then hundred.</summary>
    /// <param name="word">The word's value.</param>
    /// <param name="sum">Thousands and millions so far.</param>
    /// <param name="part">What is below them so far.</param>
    /// <returns>False when the word begins another number.</returns>
    public static bool TryAdd(long word, ref decimal sum, ref decimal part)
    {
        // Larger ones are no quantities, and would not fit.
        if (part > 1_000_000_000_000)
            return false;
        switch (word)
        {
            case 100:
                part = (part == 0 ? 1 : part) * 100;
                return part < 1_000_000;
            case >= 1000:
                sum += (part == 0 ? 1 : part) * word;
                part = 0;
                return sum < 1_000_000_000_000_000;
            default:
                var room = part % 100;
                if (part != 0 && room != 0 && !(room >= 20 && room % 10 == 0 && word < 10))
                    return false;
                part += word;
                return true;
        }
    }
}
