using Gateway.Guardrails.Pii.Reading;

namespace Gateway.Guardrails.Pii.Contacts;

/// <summary>Addresses of mailboxes, found at their <c>@</c>.</summary>
/// <remarks>
/// RFC 5321, 4.1.2 and 4.5.3.1: at most 64 bytes before the <c>@</c>, 255 behind it. Of the signs that may stand in the first part only those are taken
/// that people use (letters, digits, <c>. _ % + -</c>), so that <c>key=bob@example.com</c> is cut right; letters may be Latin, Greek or Cyrillic (RFC 6531). The domain has
/// two labels at least, and the last is letters. Spaced-out addresses have one space between any two letters.
/// </remarks>
internal sealed class EmailRecognizer
{
    public const string Label = "email";

    private const int LongestLocal = 64;
    private const int LongestDomain = 255;
    private const int LongestLabel = 63;

    /// <summary>Judges the address at an <c>@</c>; the cursor's From is where it begins.</summary>
    /// <returns>Where it ends; -1 when there is none.</returns>
    public static int Read(ref Cursor cursor, int sign)
    {
        var spaced = cursor[sign - 1] == ' ' && IsLocal(cursor[sign - 2]) && !IsLocal(cursor[sign - 3]);
        var start = spaced ? SpacedStart(ref cursor, sign - 2) : Start(ref cursor, sign);
        if (start >= sign || start < 0)
            return -1;
        // Credentials in a URL, //user:password@host, are not an address.
        if (cursor[start - 1] == '/' || cursor[start - 1] == '@' || (cursor[start - 1] == ':' && cursor.Before(start, 64).IndexOf("//"u8) >= 0) || IsGit(cursor, start, sign))
            return -1;
        cursor.From = start;
        return spaced && cursor[sign + 1] == ' ' ? SpacedDomain(ref cursor, sign + 2) : spaced ? -1 : Domain(ref cursor, sign + 1);
    }

    /// <summary>The place from which on the end of the text may be the first part of an address.</summary>
    public static int OpenFrom(ref Cursor cursor)
    {
        var end = cursor.Length;
        var start = Start(ref cursor, end);
        if (start >= 0 && end - start > 1)
            return start;
        // Letters that stand apart.
        var last = cursor[end - 1] == ' ' ? end - 2 : end - 1;
        var spaced = IsLocal(cursor[last]) && !IsLocal(cursor[last - 1]) ? SpacedStart(ref cursor, last) : -1;
        return spaced >= 0 ? spaced : start >= 0 ? start : end;
    }

    private static bool IsGit(in Cursor cursor, int start, int sign) => cursor.Text[start..sign].SequenceEqual("git"u8);

    private static bool IsLocal(byte letter) =>
        Letters.IsAlphanumeric(letter) || letter is (byte)'.' or (byte)'_' or (byte)'%' or (byte)'+' or (byte)'-' || IsForeign(letter);

    private static bool IsLabel(byte letter) => Letters.IsAlphanumeric(letter) || letter == '-' || IsForeign(letter);

    /// <summary>Bytes of letters from U+00C0 to U+052F.</summary>
    private static bool IsForeign(byte letter) => letter is >= 0xC3 and <= 0xD4 or >= 0x80 and <= 0xBF;

    /// <summary>Where the first part begins that ends before a place; the place itself when there is none, -1 when it is too long.</summary>
    private static int Start(ref Cursor cursor, int end)
    {
        var start = end;
        while (end - start <= LongestLocal && IsLocal(cursor[start - 1]))
            start--;
        if (end - start > LongestLocal || (start > 0 && start <= cursor.Floor))
            return -1;
        // What remains of a character of another script, and marks that begin no word.
        while (start < end && (cursor[start] is >= 0x80 and <= 0xBF or (byte)'.' or (byte)'-' or (byte)'%'))
            start++;
        return start;
    }

    /// <summary>Where letters begin that stand apart, the last of them at a place; -1 when they are too many.</summary>
    private static int SpacedStart(ref Cursor cursor, int last)
    {
        var start = last;
        while (last - start <= 2 * LongestLocal && cursor[start - 1] == ' ' && IsLocal(cursor[start - 2]) && cursor[start - 2] < 0x80 && !IsLocal(cursor[start - 3]))
            start -= 2;
        return last - start > 2 * LongestLocal || (start > 0 && start <= cursor.Floor) ? -1 : start;
    }

    private static int Domain(ref Cursor cursor, int first)
    {
        var (label, at, labels, isName) = (first, first, 0, true);
        while (at - first <= LongestDomain)
        {
            var letter = cursor[at];
            if (IsLabel(letter) && at - label <= LongestLabel)
            {
                isName &= !Letters.IsDigit(letter);
                at++;
                continue;
            }

            // A label ends; a full stop that no label follows is the sentence's.
            while (at > label && cursor[at - 1] is (byte)'-' or >= 0xC2)
                at--;
            if (at == label || at - label > LongestLabel || cursor[label] == '-')
                return -1;
            labels++;
            if (letter == '.' && cursor[at] == '.' && IsLabel(cursor[at + 1]) && cursor[at + 1] != '-')
            {
                (label, at, isName) = (at + 1, at + 1, true);
                continue;
            }

            var isTop = (isName && at - label >= 2) || cursor.Text[label..at].StartsWith("xn--"u8);
            return labels >= 2 && isTop && letter is not ((byte)'@' or (byte)'_') && !IsScale(cursor.Text[first..at]) ? at : -1;
        }

        return -1;
    }

    private static int SpacedDomain(ref Cursor cursor, int first)
    {
        var (at, stops, sinceStop) = (first, 0, 0);
        while (at - first <= 2 * LongestDomain && (IsLabel(cursor[at]) || cursor[at] == '.') && cursor[at] < 0x80)
        {
            var isStop = cursor[at] == '.';
            (stops, sinceStop) = isStop ? (stops + 1, 0) : (stops, sinceStop + 1);
            if (IsLabel(cursor[at + 1]))
                return -1;
            if (cursor[at + 1] != ' ' || !(IsLabel(cursor[at + 2]) || cursor[at + 2] == '.') || IsLabel(cursor[at + 3]))
                return stops > 0 && sinceStop >= 2 ? at + 1 : -1;
            at += 2;
        }

        return -1;
    }

    /// <summary>Names of pictures for dense screens, <c>icon@2x.png</c>.</summary>
    private static bool IsScale(ReadOnlySpan<byte> domain) => domain.Length > 2 && Letters.IsDigit(domain[0]) && domain[1] == 'x' && domain[2] == '.';
}
