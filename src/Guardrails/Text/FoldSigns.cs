using System.Buffers;
using System.Globalization;
using System.Text;

namespace Gateway.Guardrails.Text;

/// <summary>Signs by which a text looks other to a program than to its reader, and the ASCII that they stand for.</summary>
/// <remarks>
/// Unicode's compatibility forms of letters, digits and marks (UAX 15), decimal digits of all scripts, spaces (general category Zs), what has no
/// width (UAX 44, Default_Ignorable_Code_Point), and the writings of a character as an HTML reference, in a URL, or in JSON.
/// Letters of other scripts that look like Latin ones stay: they are another letter.
/// </remarks>
internal static class FoldSigns
{
    /// <summary>What has no width stands for nothing.</summary>
    public const int Nothing = -1;

    /// <summary>The longest sign in bytes, <c>&amp;commat;</c>.</summary>
    public const int Longest = 8;

    private const int Itself = -2;

    private static readonly SearchValues<byte> Leads = SearchValues.Create([(byte)'&', (byte)'%', .. Enumerable.Range(128, 128).Select(lead => (byte)lead)]);
    private static readonly SearchValues<byte> LeadsAndEscapes =
        SearchValues.Create([(byte)'&', (byte)'%', (byte)'\\', .. Enumerable.Range(128, 128).Select(lead => (byte)lead)]);

    /// <summary>The place of the first sign; -1 when there is none.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="escapes">Whether the text is JSON, in which <c>\u0040</c> is a character.</param>
    public static int IndexOf(ReadOnlySpan<byte> text, int from, bool escapes)
    {
        var leads = escapes ? LeadsAndEscapes : Leads;
        for (var at = from; at < text.Length;)
        {
            var next = text[at..].IndexOfAny(leads);
            if (next < 0)
                return -1;
            at += next;
            // Texts in other scripts are runs of such bytes: no search between two of them.
            do
            {
                if (TryRead(text, at, escapes, out _, out var width))
                    return at;
                at += width;
            }
            while (at < text.Length && text[at] >= 0x80);
        }

        return -1;
    }

    /// <summary>Reads a sign.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="escapes">Whether <c>\u0040</c> is a character.</param>
    /// <param name="meant">The ASCII that it stands for, or <see cref="Nothing"/>.</param>
    /// <param name="width">Its bytes; those of the character that is there where it is no sign.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, int at, bool escapes, out int meant, out int width)
    {
        var first = text[at];
        (meant, width) = (Itself, 1);
        if (first >= 0x80)
        {
            if (Rune.DecodeFromUtf8(text[at..], out var rune, out width) == OperationStatus.Done)
                meant = Fold(rune.Value);
            // Dashes are common in prose, and disguise something between digits alone.
            if (meant == '-' && (at == 0 || !IsDigit(text, at - 1)))
                meant = rune.Value is 0xFF0D ? '-' : Itself;
        }
        else if (first == '&')
        {
            (meant, width) = Reference(text[at..]);
        }
        else if (first == '%' && text[at..].StartsWith("%40"u8))
        {
            (meant, width) = ('@', 3);
        }
        else if (first == '\\' && escapes && text.Length - at >= 6 && text[at + 1] == 'u' && Number(text.Slice(at + 2, 4), 16) is var code and >= 0)
        {
            meant = code is >= 0x20 and < 0x7F ? code : Fold(code);
            width = meant == Itself ? 1 : 6;
        }

        return meant != Itself;
    }

    /// <summary>Where a sign begins that more text could complete; the text's length when none does.</summary>
    public static int Settled(ReadOnlySpan<byte> text, bool escapes)
    {
        for (var at = text.Length - 1; at >= 0 && at > text.Length - Longest; at--)
        {
            var tail = text[at..];
            var open = text[at] switch
            {
                >= 0xC0 => Rune.DecodeFromUtf8(tail, out _, out _) == OperationStatus.NeedMoreData,
                (byte)'&' => MayBecomeReference(tail),
                (byte)'%' => "%40"u8.StartsWith(tail) && tail.Length < 3,
                (byte)'\\' => escapes && tail.Length < 6 && (tail.Length == 1 || (tail[1] == 'u' && (tail.Length == 2 || Number(tail[2..], 16) >= 0))),
                _ => false,
            };
            if (open)
                return at;
        }

        return text.Length;
    }

    private static bool IsDigit(ReadOnlySpan<byte> text, int at) => text[at] is >= (byte)'0' and <= (byte)'9';

    private static ReadOnlySpan<byte> NameOf(int index) => index switch
    {
        0 => "&commat;"u8,
        1 => "&period;"u8,
        2 => "&nbsp;"u8,
        3 => "&shy;"u8,
        4 => "&zwnj;"u8,
        5 => "&zwj;"u8,
        6 => "&plus;"u8,
        _ => default,
    };

    private static (int Meant, int Width) Reference(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<int> meant = ['@', '.', ' ', Nothing, Nothing, Nothing, '+'];
        if (text.Length > 3 && text[1] == '#')
        {
            var isHex = (text[2] | 0x20) == 'x';
            var digits = text[(isHex ? 3 : 2)..Math.Min(text.Length, Longest)];
            var length = digits.IndexOf((byte)';');
            if (length > 0 && Number(digits[..length], isHex ? 16 : 10) is var code and >= 0)
            {
                var folded = code is >= 0x20 and < 0x7F ? code : Fold(code);
                return folded == Itself ? (Itself, 1) : (folded, length + (isHex ? 4 : 3));
            }
        }
        else
        {
            for (var i = 0; i < meant.Length; i++)
            {
                if (text.StartsWith(NameOf(i)))
                    return (meant[i], NameOf(i).Length);
            }
        }

        return (Itself, 1);
    }

    private static bool MayBecomeReference(ReadOnlySpan<byte> tail)
    {
        if (tail.Length > 1 && tail[1] == '#')
        {
            var isHex = tail.Length > 2 && (tail[2] | 0x20) == 'x';
            var digits = tail[(isHex ? 3 : 2)..];
            return digits.IsEmpty || Number(digits, isHex ? 16 : 10) >= 0;
        }

        for (var i = 0; !NameOf(i).IsEmpty; i++)
        {
            if (tail.Length < NameOf(i).Length && NameOf(i).StartsWith(tail))
                return true;
        }

        return false;
    }

    private static int Number(ReadOnlySpan<byte> digits, int radix)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            var value = digit is >= (byte)'0' and <= (byte)'9' ? digit - '0' : (digit | 0x20) is >= 'a' and <= 'f' ? (digit | 0x20) - 'a' + 10 : radix;
            if (value >= radix)
                return -1;
            number = number * radix + value;
        }

        return number;
    }

    private static int Fold(int code) => code switch
    {
        // Hangul syllables and CJK ideographs are most of what comes here, and nothing of it folds.
        >= 0x3400 and < 0xA000 or >= 0xAC00 and < 0xD800 => Itself,
        0xAD or 0x34F or 0x61C or 0x115F or 0x1160 or 0x180E or 0x3164 or 0xFEFF or 0xFFA0 => Nothing,
        >= 0x200B and <= 0x200F or >= 0x202A and <= 0x202E or >= 0x2060 and <= 0x206F or >= 0xFE00 and <= 0xFE0F => Nothing,
        >= 0xE0000 and <= 0xE01EF => Nothing,
        0xA0 or 0x1680 or >= 0x2000 and <= 0x200A or 0x202F or 0x205F or 0x3000 => ' ',
        >= 0x2010 and <= 0x2015 or 0x2212 or 0xFE58 or 0xFE63 => '-',
        0x2024 or 0x3002 or 0xFE52 or 0xFF61 => '.',
        0xFE6B => '@',
        >= 0xFF01 and <= 0xFF5E => code - 0xFEE0,
        >= 0x2460 and <= 0x2468 => '1' + code - 0x2460,
        >= 0x2776 and <= 0x277E => '1' + code - 0x2776,
        0x24EA => '0',
        >= 0x24B6 and <= 0x24CF => 'A' + code - 0x24B6,
        >= 0x24D0 and <= 0x24E9 => 'a' + code - 0x24D0,
        >= 0x1D400 and <= 0x1D6A3 => Letter((code - 0x1D400) % 52),
        >= 0x1F130 and <= 0x1F149 => 'A' + code - 0x1F130,
        < 0x660 => Itself,
        _ => Digit(code),
    };

    private static int Letter(int index) => index < 26 ? 'A' + index : 'a' + index - 26;

    private static int Digit(int code) =>
        Rune.TryCreate(code, out var rune) && Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber
            ? '0' + (int)Rune.GetNumericValue(rune)
            : Itself;
}
