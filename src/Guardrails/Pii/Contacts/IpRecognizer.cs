using Gateway.Guardrails.Pii.Reading;

namespace Gateway.Guardrails.Pii.Contacts;

/// <summary>Addresses of hosts: IPv4 in four decimal parts, and IPv6 as RFC 4291 and RFC 5952 write it. Of an IPv6 address at least one digit is below 10.</summary>
/// <remarks>Not those that are nobody's: unspecified, loopback, masks; nor numbers of versions and sections, of which a word before them tells.</remarks>
internal sealed class IpRecognizer : IPiiRecognizer
{
    private const int LongestV6 = 45;

    /// <summary>As far as "version is now " reaches.</summary>
    private const int VersionDistance = 20;

    private static readonly Cues Versions = new("version", "versions", "ver", "v", "release", "build", "section", "chapter", "§", "clause", "upgrade", "assemblyversion");

    public string Label => "ip";

    // Three decimal digits, or four hexadecimal ones, which may all be decimal.
    public uint Beginnings => 0b1_1111;

    public int Read(ref Cursor cursor, in Word word)
    {
        if (word.Length > 4)
            return -1;
        if (cursor[word.Start - 1] == ':' && V6(ref cursor, word.Start) is var v6 and >= 0)
            return v6;
        if (word.IsNumber && word.Digits <= 3)
        {
            if (!cursor.Touched)
                cursor.From = word.Start;
            var end = V4(ref cursor, word.Start, isTail: false);
            if (end >= 0)
                return Versions.Announce(cursor, word.Start, VersionDistance) ? -1 : end;
        }

        return V6(ref cursor, word.Start);
    }

    public int OpenFrom(ref Cursor cursor)
    {
        var start = StartOfV6(ref cursor, cursor.Length);
        // Without a colon yet, a word of four hexadecimal digits at most.
        return start < cursor.Length && (cursor.Length - start <= 4 || cursor.Text[start..].Contains((byte)':')) && cursor.Length - start <= LongestV6
            ? start
            : cursor.Length;
    }

    private static int V4(ref Cursor cursor, int start, bool isTail)
    {
        var (at, first, all) = (start, 0, 0);
        for (var part = 0; part < 4; part++)
        {
            if (part > 0 && cursor[at++] != '.')
                return -1;
            var (value, width) = (0, 0);
            for (; width < 4 && Letters.IsDigit(cursor[at]); at++, width++)
                value = value * 10 + cursor[at] - '0';
            if (width is 0 or > 3 || value > 255 || (width > 1 && cursor[at - width] == '0'))
                return -1;
            first = part == 0 ? value : first;
            all |= value;
        }

        return isTail || (all != 0 && first is not (0 or 127 or 255) && Ends(ref cursor, at)) ? at : -1;
    }

    /// <summary>A prefix's length may follow.</summary>
    private static bool Ends(ref Cursor cursor, int at) => cursor[at] == '/' || cursor.Ends(at);

    private static int StartOfV6(ref Cursor cursor, int before)
    {
        var start = before;
        while (before - start <= LongestV6 && (Letters.IsHex(cursor[start - 1]) || cursor[start - 1] == ':'))
            start--;
        return before - start > LongestV6 || Letters.IsWord(cursor[start - 1]) ? before : start;
    }

    private static int V6(ref Cursor cursor, int place)
    {
        var start = StartOfV6(ref cursor, place);
        var (groups, longest) = (0, 0);
        // A colon before the address is none of it, unless there are two.
        var opens = cursor[start] == ':' && cursor[start + 1] == ':';
        if (cursor[start] == ':' && !opens)
            start++;
        var (at, gap) = opens ? (start + 2, 0) : (start, -1);
        cursor.From = start;
        while (groups < 8)
        {
            var width = 0;
            while (width < 5 && Letters.IsHex(cursor[at + width]))
                width++;
            if (width is 0 or > 4)
            {
                if (width > 4 || gap != groups)
                    return -1;
                break;
            }

            longest = Math.Max(longest, width);
            if (cursor[at + width] == '.' && groups is > 0 and <= 6 && V4(ref cursor, at, isTail: true) is var tail and >= 0)
            {
                (at, groups) = (tail, groups + 2);
                break;
            }

            (at, groups) = (at + width, groups + 1);
            if (cursor[at] != ':' || groups == 8)
                break;
            if (cursor[at + 1] == ':')
            {
                if (gap >= 0)
                    return -1;
                gap = groups;
                at += 2;
            }
            else if (Letters.IsHex(cursor[at + 1]))
            {
                at++;
            }
            else
            {
                break;
            }
        }

        // Short ones, "1::2", are something else in most texts.
        if (at <= place && !cursor.Touched)
            return -1;
        return (gap >= 0 ? groups is >= 2 and < 8 && longest >= 3 : groups == 8) && cursor[at] != ':' && Ends(ref cursor, at) ? at : -1;
    }
}
