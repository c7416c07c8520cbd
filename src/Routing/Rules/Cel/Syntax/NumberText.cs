using System.Globalization;

namespace Gateway.Routing.Rules.Cel.Syntax;

/// <summary>Numbers as they are written: <c>12</c>, <c>0x1F</c>, <c>12u</c>, <c>1.5</c>, <c>.5e-3</c>.</summary>
internal static class NumberText
{
    /// <returns>How long the number is that the text begins with, and its kind; length 0 when it begins with none.</returns>
    public static (CelToken Token, int Length) Measure(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("0x") || text.StartsWith("0X"))
        {
            var hex = 2;
            while (hex < text.Length && char.IsAsciiHexDigit(text[hex]))
                hex++;
            return hex == 2 ? (CelToken.Int, 1) : Suffixed(text, hex);
        }

        var whole = Digits(text, 0);
        var end = whole;
        if (end < text.Length && text[end] == '.' && Digits(text, end + 1) is var decimals && decimals > end + 1)
            end = decimals;
        if (end == 0)
            return (CelToken.Double, 0);
        if (end < text.Length && text[end] is 'e' or 'E')
        {
            var sign = end + 1 < text.Length && text[end + 1] is '+' or '-' ? 1 : 0;
            if (Digits(text, end + 1 + sign) is var exponent && exponent > end + 1 + sign)
                end = exponent;
        }

        return end > whole ? (CelToken.Double, end) : Suffixed(text, whole);
    }

    /// <summary>The size of a whole number without its sign; null when no type holds it.</summary>
    public static ulong? Magnitude(string text)
    {
        var digits = text.AsSpan().TrimEnd("uU");
        var isHex = digits.StartsWith("0x") || digits.StartsWith("0X");
        return isHex && ulong.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex
            : !isHex && ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : null;
    }

    private static (CelToken Token, int Length) Suffixed(ReadOnlySpan<char> text, int length) =>
        length < text.Length && text[length] is 'u' or 'U' ? (CelToken.Uint, length + 1) : (CelToken.Int, length);

    private static int Digits(ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length && char.IsAsciiDigit(text[from]))
            from++;
        return from;
    }
}
