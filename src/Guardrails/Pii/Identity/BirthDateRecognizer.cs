using Gateway.Guardrails.Pii.Reading;

namespace Gateway.Guardrails.Pii.Identity;

/// <summary>Dates of which a word before them says that someone was born then: in figures, or with the month's name.</summary>
internal sealed class BirthDateRecognizer : IPiiRecognizer
{
    private static readonly Cues Born = new(
        "born", "birth", "birthday", "birthdate", "birth-date", "date_of_birth", "dob", "d.o.b", "bday", "geboren", "geburtsdatum", "geburtstag", "geb", "né", "née", "naissance",
        "nacido", "nacida", "nacimiento", "nato", "nata", "nascita", "nascido", "nascida", "nascimento", "geboortedatum", "född", "födelsedatum",
        "urodzony", "urodzona", "urodzenia", "생년월일", "출생", "생일", "태어", "生年月日", "生まれ", "出生", "生日", "родился", "родилась", "рождения", "जन्म");

    public string Label => "date_of_birth";

    // One or two digits, a year, or all of it in six or eight.
    public uint Beginnings => 0b1_0101_0110;

    public int Read(ref Cursor cursor, in Word word)
    {
        if (!word.IsNumber && !(word.Digits <= 2 && word.Length <= word.Digits + 2))
            return -1;
        var month = BeforeDay(ref cursor, word.Start);
        var end = month >= 0 ? AfterMonth(ref cursor, word) : InFigures(ref cursor, word);
        if (month < 0 && end < 0 && word.Digits <= 2)
            end = DayFirst(ref cursor, word);
        if (end < 0 && !cursor.Touched)
            return -1;
        if (month >= 0)
            cursor.From = month;
        // Without a word before it nothing that follows matters.
        if (!Born.Announce(cursor, cursor.From))
        {
            cursor.Touched = false;
            return -1;
        }

        return end;
    }

    public int OpenFrom(ref Cursor cursor)
    {
        // A month's name, or its beginning, and a space.
        var end = cursor.Length;
        if (end > 0 && cursor[end - 1] == ' ')
            end--;
        if (end > 0 && cursor[end - 1] == '.')
            end--;
        var start = end;
        while (end - start < MonthNames.Longest && Letters.IsLetter(cursor[start - 1]))
            start--;
        return start < end && !Letters.IsWord(cursor[start - 1]) && MonthNames.MayBegin(cursor.Text[start..end]) && Born.Announce(cursor, start) ? start : cursor.Length;
    }

    private static int InFigures(ref Cursor cursor, in Word word)
    {
        if (word.Digits >= 6)
            return word.IsNumber && IsWhole(cursor.Text[word.Start..word.End]) && cursor.Ends(word.End) ? word.End : -1;
        Span<int> parts = [0, 0, 0];
        Span<int> widths = [0, 0, 0];
        var at = word.Start;
        for (var i = 0; i < 3; i++)
        {
            at = Number(ref cursor, at, out parts[i], out widths[i]);
            if (widths[i] is 0 or > 4 || i == 2)
                break;
            at = Separator(ref cursor, at, i, widths[0]);
            if (at < 0)
                return -1;
        }

        var (year, one, two) = widths[0] == 4 ? (0, 1, 2) : (2, 0, 1);
        if (widths[one] is not (1 or 2) || widths[two] is not (1 or 2) || !(widths[year] == 4 ? IsYear(parts[year]) : widths[year] == 2))
            return -1;
        if (!CheckDigits.IsDate(parts[one], parts[two]) && (year == 0 || !CheckDigits.IsDate(parts[two], parts[one])))
            return -1;
        if (cursor[at] == 0xEC && cursor[at + 1] == 0x9D && cursor[at + 2] == 0xBC)
            return at + 3;
        if (cursor[at] == 0xE6 && cursor[at + 1] == 0x97 && cursor[at + 2] == 0xA5)
            return at + 3;
        return cursor.Ends(at) ? at : -1;
    }

    /// <summary>Skips what stands between two numbers of a date: <c>-</c>, <c>/</c>, <c>.</c> with or without a space, 년 and 월, 年 and 月.</summary>
    private static int Separator(ref Cursor cursor, int at, int index, int firstWidth)
    {
        var sign = cursor[at];
        if (sign is (byte)'-' or (byte)'/')
            return at + 1;
        if (sign == '.')
            return cursor[at + 1] == ' ' ? at + 2 : at + 1;
        if (firstWidth != 4 || sign < 0xE0)
            return -1;
        ReadOnlySpan<byte> korean = index == 0 ? "년"u8 : "월"u8;
        ReadOnlySpan<byte> chinese = index == 0 ? "年"u8 : "月"u8;
        for (var i = 0; i < 3; i++)
        {
            if (cursor[at + i] != korean[i] && cursor[at + i] != chinese[i])
                return -1;
        }

        return cursor[at + 3] == ' ' ? at + 4 : at + 3;
    }

    /// <summary>The beginning of a month's name before a day; -1 when there is none.</summary>
    private static int BeforeDay(ref Cursor cursor, int day)
    {
        var end = day - 1;
        if (cursor[end] != ' ')
            return -1;
        if (cursor[end - 1] == '.')
            end--;
        var start = end;
        while (end - start < MonthNames.Longest && Letters.IsLetter(cursor[start - 1]))
            start--;
        return start < end && !Letters.IsWord(cursor[start - 1]) && MonthNames.Contains(cursor.Text[start..end]) ? start : -1;
    }

    private static int AfterMonth(ref Cursor cursor, in Word word)
    {
        if (word.Digits > 2)
            return -1;
        var at = word.End;
        if (cursor[at] == ',')
            at++;
        if (cursor[at] != ' ')
            return -1;
        return Year(ref cursor, at + 1);
    }

    private static int DayFirst(ref Cursor cursor, in Word word)
    {
        var at = word.End;
        if (cursor[at] == '.')
            at++;
        if (cursor[at] is not ((byte)' ' or (byte)'-'))
            return -1;
        at = SkipSmallWord(ref cursor, at + 1);
        var name = at;
        while (at - name < MonthNames.Longest && (Letters.IsLetter(cursor[at]) || cursor[at] >= 0x80))
            at++;
        if (cursor.Touched || !MonthNames.Contains(cursor.Text[name..at]))
            return -1;
        if (cursor[at] is (byte)'.' or (byte)',')
            at++;
        if (cursor[at] is not ((byte)' ' or (byte)'-'))
            return -1;
        return Year(ref cursor, SkipSmallWord(ref cursor, at + 1));
    }

    /// <summary>Skips "of" and "de ".</summary>
    private static int SkipSmallWord(ref Cursor cursor, int at)
    {
        var isOf = cursor[at] == 'o' && cursor[at + 1] == 'f';
        var isDe = cursor[at] == 'd' && cursor[at + 1] == 'e';
        return (isOf || isDe) && cursor[at + 2] == ' ' ? at + 3 : at;
    }

    private static int Year(ref Cursor cursor, int at)
    {
        var end = Number(ref cursor, at, out var year, out var width);
        return width == 4 && IsYear(year) && cursor.Ends(end) ? end : -1;
    }

    private static int Number(ref Cursor cursor, int at, out int number, out int width)
    {
        (number, width) = (0, 0);
        while (width < 5 && Letters.IsDigit(cursor[at]))
        {
            number = number * 10 + cursor[at++] - '0';
            width++;
        }

        return at;
    }

    private static bool IsYear(int year) => year is >= 1900 and < 2100;

    private static bool IsWhole(ReadOnlySpan<byte> digits) =>
        (digits.Length == 6 && CheckDigits.IsDate(digits[2..])) || (digits.Length == 8 && IsYear((int)CheckDigits.Number(digits[..4])) && CheckDigits.IsDate(digits[4..]));
}
