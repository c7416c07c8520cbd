using System.Collections.Immutable;
using System.Text;
using Gateway.Guardrails.Pii.Reading;
using PhoneNumbers;

namespace Gateway.Guardrails.Pii.Contacts;

/// <summary>Phone numbers. What may be one is found by how it is written; whether it is one, libphonenumber decides (its metadata of national numbering plans).</summary>
/// <remarks>
/// ITU-T E.164: at most fifteen digits. With a plus anything is asked about. Without one, in the regions that are set: what begins with the trunk's 0,
/// what is grouped as numbers of North America are, groups of numbers where neither is usual; and any digits that a word announces.
/// </remarks>
internal sealed class PhoneRecognizer : IPiiRecognizer
{
    private const int MostDigits = 15;
    private const int FewestDigits = 7;
    private const int MostGroups = 8;

    /// <summary>How many ends of a number are asked about, the longest first.</summary>
    private const int MostAsked = 3;

    private static readonly Cues Words = new(
        "phone", "phones", "telephone", "tel", "mobile", "cell", "cellphone", "call", "text", "fax", "whatsapp", "sms", "ring", "dial", "hotline", "contact",
        "telefon", "telefonnummer", "handy", "rufnummer", "mobil", "téléphone", "portable", "teléfono", "móvil", "celular", "telefone", "telefono", "cellulare",
        "전화", "전화번호", "휴대폰", "핸드폰", "연락처", "电话", "手机", "電話", "携帯", "телефон", "फोन", "मोबाइल");

    private readonly PhoneNumberUtil _plans = PhoneNumberUtil.GetInstance();
    private readonly ImmutableArray<string> _regions;
    private readonly bool _isNorthAmerican;
    private readonly bool _isOpen;
    private readonly bool _hasTrunkZero;

    /// <param name="regions">ISO 3166 codes.</param>
    /// <exception cref="ArgumentException">One of them has no numbering plan.</exception>
    public PhoneRecognizer(ImmutableArray<string> regions)
    {
        _regions = regions;
        foreach (var region in regions)
        {
            if (!_plans.GetSupportedRegions().Contains(region))
                throw new ArgumentException($"'{region}' is no region with a phone numbering plan; ISO 3166 codes in capitals are, such as US, KR or DE.", nameof(regions));
            var isNorthAmerican = _plans.GetCountryCodeForRegion(region) == 1;
            _isNorthAmerican |= isNorthAmerican;
            var trunk = isNorthAmerican ? "" : _plans.GetNddPrefixForRegion(region, true) ?? "";
            _isOpen |= !isNorthAmerican && trunk.Length == 0;
            // In some plans without a trunk prefix numbers begin with 0 all the same, Italy's among them.
            _hasTrunkZero |= !isNorthAmerican;
        }
    }

    public string Label => "phone";

    public uint Beginnings => 0xFFFE;

    public int Read(ref Cursor cursor, in Word word)
    {
        if (!word.IsNumber)
            return -1;
        var (start, isInternational) = Start(ref cursor, word.Start);
        cursor.From = start;
        Span<byte> digits = stackalloc byte[MostDigits + 1];
        Span<int> groups = stackalloc int[MostGroups];
        Span<int> ends = stackalloc int[MostGroups];
        var count = Groups(ref cursor, word, digits, groups, ends);
        var isOpen = cursor.Touched;
        if (!isOpen && (count == 0 || groups[count - 1] < FewestDigits))
            return -1;
        // A 0 behind another number begins a group of that, more often than a number.
        var isWritten = isInternational || (MayBegin(cursor.Text, word) && !(digits[0] == '0' && cursor[start - 1] == ' ' && Letters.IsDigit(cursor[start - 2])));
        var announced = !isInternational && (!isWritten || !isOpen) && Words.Announce(cursor, start);
        if (!isWritten && !announced)
        {
            // Nothing that follows matters.
            cursor.Touched = false;
            return -1;
        }

        if (isOpen)
            return -1;
        var asked = 0;
        for (var last = count - 1; last >= 0 && asked < MostAsked; last--)
        {
            var length = groups[last];
            if (length < FewestDigits || !cursor.Ends(ends[last]) || !(isInternational || announced || IsGrouped(digits[..length], groups[..(last + 1)], word.IsSpaced)))
                continue;
            if (cursor.Touched)
                return -1;
            asked++;
            if (IsValid(digits[..length], isInternational))
                return ends[last];
        }

        return -1;
    }

    public int OpenFrom(ref Cursor cursor)
    {
        var at = cursor.Length;
        if (cursor[at - 1] == '(')
            at--;
        if (cursor[at - 1] == '+')
            at--;
        return at < cursor.Length && !Letters.IsWord(cursor[at - 1]) ? at : cursor.Length;
    }

    private static (int Start, bool IsInternational) Start(ref Cursor cursor, int first)
    {
        var start = cursor[first - 1] == '(' ? first - 1 : first;
        if (cursor[start - 1] == '+' && !Letters.IsWord(cursor[start - 2]))
            return (start - 1, cursor[first] != '0');
        return (Letters.IsWord(cursor[start - 1]) ? first : start, false);
    }

    /// <summary>Whether digits that nothing announces are written as the beginning of a number of the regions.</summary>
    private bool MayBegin(ReadOnlySpan<byte> text, in Word word)
    {
        if ((text[word.Start] == '0' && _hasTrunkZero) || word.IsSpaced)
            return word.Digits < FewestDigits || word.Digits >= 9;
        if (_isNorthAmerican && ((word.Digits == 3 && text[word.Start] >= '2') || (word.Digits == 1 && text[word.Start] == '1')))
            return MayBeGap(text, word.End);
        return _isOpen && word.Digits <= 5 && MayBeGap(text, word.End);
    }

    private static bool MayBeGap(ReadOnlySpan<byte> text, int at) => at == text.Length || " -.)"u8.Contains(text[at]);

    /// <summary>Whether digits that nothing announces are grouped as in a number of the regions.</summary>
    private bool IsGrouped(ReadOnlySpan<byte> digits, ReadOnlySpan<int> groups, bool isSpaced)
    {
        if (digits[0] == '0' && _hasTrunkZero)
            return digits.Length is >= 9 and <= 14;
        if (_isNorthAmerican && (groups is [3, 6, 10] || groups is [1, 4, 7, 11] || (isSpaced && digits.Length is 10 or 11)))
            return true;
        return _isOpen && groups.Length is >= 2 and <= 5 && digits.Length is >= 8 and <= 11 && groups is not [4, 6, 8];
    }

    /// <summary>Reads groups of digits: after each how many there are by then, and where it ends.</summary>
    private static int Groups(ref Cursor cursor, in Word word, scoped Span<byte> digits, scoped Span<int> groups, scoped Span<int> ends)
    {
        var (at, count, total) = (word.Start, 0, 0);
        while (count < MostGroups)
        {
            for (; Letters.IsDigit(cursor[at]); at++)
            {
                if (total == MostDigits)
                    return count;
                digits[total++] = cursor[at];
                if (word.IsSpaced && cursor[at + 1] == ' ' && Letters.IsDigit(cursor[at + 2]) && !Letters.IsWord(cursor[at + 3]))
                    at++;
            }

            (groups[count], ends[count]) = (total, at);
            count++;
            var gap = 0;
            while (gap < 3 && cursor[at + gap] is (byte)' ' or (byte)'-' or (byte)'.' or (byte)'(' or (byte)')' or (byte)'/')
                gap++;
            if (gap == 0 || !Letters.IsDigit(cursor[at + gap]))
                break;
            at += gap;
        }

        return count;
    }

    private bool IsValid(ReadOnlySpan<byte> digits, bool isInternational)
    {
        if (isInternational)
            return IsValid("+" + Encoding.ASCII.GetString(digits), null);
        var number = Encoding.ASCII.GetString(digits);
        foreach (var region in _regions)
        {
            if (IsValid(number, region))
                return true;
        }

        return false;
    }

    private bool IsValid(string number, string? region)
    {
        try
        {
            return _plans.IsValidNumber(_plans.Parse(number, region));
        }
        catch (NumberParseException)
        {
            return false;
        }
    }
}
