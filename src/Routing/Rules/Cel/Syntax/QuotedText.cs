using System.Globalization;
using System.Text;

namespace Gateway.Routing.Rules.Cel.Syntax;

/// <summary>
/// Strings and bytes as they are written: in single or double quotes, or three of them, which lines may break;
/// prefixed with <c>r</c> where a backslash means itself, with <c>b</c> for bytes, in either order and case.
/// </summary>
internal static class QuotedText
{
    /// <returns>Whether the text begins with a literal, and how long it is: 0 when it is never closed.</returns>
    public static (bool IsQuoted, bool IsBytes, int Length) Measure(ReadOnlySpan<char> text)
    {
        var (prefix, isBytes, isRaw) = Prefix(text);
        if (prefix >= text.Length || text[prefix] is not ('"' or '\''))
            return default;
        var quote = QuoteAt(text[prefix..]);
        for (var i = prefix + quote.Length; i < text.Length; i++)
        {
            if (text[i..].StartsWith(quote))
                return (true, isBytes, i + quote.Length);
            if (quote.Length == 1 && text[i] is '\n' or '\r')
                break;
            if (!isRaw && text[i] == '\\')
                i++;
        }

        return (true, isBytes, 0);
    }

    /// <returns>The string; null when an escape is not one of the language's.</returns>
    public static string? ReadText(string literal)
    {
        var written = new StringBuilder(literal.Length);
        foreach (var piece in Pieces(literal))
        {
            if (piece.Rune is { } rune)
                written.Append(rune);
            else if (piece.Byte is { } octet)
                written.Append(new Rune((int)octet));
            else
                return null;
        }

        return written.ToString();
    }

    /// <returns>The bytes, characters as UTF-8; null when an escape is not one of the language's, or denotes a character.</returns>
    public static byte[]? ReadBytes(string literal)
    {
        var written = new List<byte>(literal.Length);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var piece in Pieces(literal))
        {
            if (piece.Byte is { } octet)
                written.Add(octet);
            else if (piece is { Rune: { } rune, IsUnicodeEscape: false })
                written.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
            else
                return null;
        }

        return [.. written];
    }

    private static IEnumerable<Piece> Pieces(string literal)
    {
        var (prefix, _, isRaw) = Prefix(literal);
        var quote = QuoteAt(literal.AsSpan(prefix)).Length;
        var end = literal.Length - quote;
        for (var i = prefix + quote; i < end;)
        {
            if (literal[i] == '\\' && !isRaw)
            {
                yield return Escape(literal.AsSpan(i, end - i), out var length);
                i += length;
            }
            else
            {
                var isWhole = Rune.TryGetRuneAt(literal, i, out var rune);
                yield return new Piece(isWhole ? rune : null, null);
                i += isWhole ? rune.Utf16SequenceLength : 1;
            }
        }
    }

    private static Piece Escape(ReadOnlySpan<char> text, out int length)
    {
        length = 2;
        if (text.Length < 2)
            return default;
        var plain = text[1] switch
        {
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            '\\' or '?' or '"' or '\'' or '`' => text[1],
            _ => '\0',
        };
        if (plain != '\0')
            return new Piece(new Rune(plain), null);
        length = text[1] switch { 'x' or 'X' or (>= '0' and <= '3') => 4, 'u' => 6, 'U' => 10, _ => int.MaxValue };
        if (length > text.Length)
        {
            length = text.Length;
            return default;
        }

        return char.IsAsciiDigit(text[1]) ? Octal(text[1..4]) : Hex(text[2..length]);
    }

    private static Piece Octal(ReadOnlySpan<char> digits)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            if (digit is < '0' or > '7')
                return default;
            value = value * 8 + (digit - '0');
        }

        return new Piece(null, (byte)value);
    }

    private static Piece Hex(ReadOnlySpan<char> digits)
    {
        if (!uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            return default;
        if (digits.Length == 2)
            return new Piece(null, (byte)value);
        return Rune.IsValid(value) ? new Piece(new Rune(value), null, IsUnicodeEscape: true) : default;
    }

    private static (int Length, bool IsBytes, bool IsRaw) Prefix(ReadOnlySpan<char> text)
    {
        var (length, isBytes, isRaw) = (0, false, false);
        for (; length < 2 && length < text.Length; length++)
        {
            if (text[length] is 'b' or 'B' && !isBytes)
                isBytes = true;
            else if (text[length] is 'r' or 'R' && !isRaw)
                isRaw = true;
            else
                break;
        }

        return (length, isBytes, isRaw);
    }

    private static ReadOnlySpan<char> QuoteAt(ReadOnlySpan<char> text) =>
        text.StartsWith("\"\"\"") || text.StartsWith("'''") ? text[..3] : text[..1];

    /// <summary>A character, or a byte written as such; neither when it is written wrongly.</summary>
    private readonly record struct Piece(Rune? Rune, byte? Byte, bool IsUnicodeEscape = false);
}
