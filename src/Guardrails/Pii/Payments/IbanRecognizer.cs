using Gateway.Guardrails.Pii.Reading;

namespace Gateway.Guardrails.Pii.Payments;

/// <summary>International bank account numbers: ISO 13616-1, length by country as SWIFT's IBAN registry (release 99) has it, check digits modulo 97 (ISO/IEC 7064).</summary>
internal sealed class IbanRecognizer : IPiiRecognizer
{
    private const string Registry =
        "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28" +
        "IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24" +
        "SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30";

    private static readonly byte[] Lengths = ByCountry();

    public string Label => "iban";

    public uint Beginnings => 1;

    public int Read(ref Cursor cursor, in Word word)
    {
        var first = cursor[word.Start];
        if (!Letters.IsLetter(first))
            return -1;
        var at = Next(ref cursor, word.Start + 1, word.IsSpaced);
        var second = cursor[at];
        var isUpper = Letters.IsUpper(first);
        if (!Letters.IsLetter(second))
            return -1;
        var length = Lengths[(first & 31) * 32 + (second & 31)];
        if (length == 0 || isUpper != Letters.IsUpper(second))
            return -1;
        var (count, rest, check) = (2, 0, 0);
        at++;
        for (; count < length; count++)
        {
            // Between country and check digits nothing stands, unless everything stands apart.
            if (count > 3 || word.IsSpaced)
                at = Next(ref cursor, at, word.IsSpaced);
            var letter = cursor[at];
            if (!(count < 4 ? Letters.IsDigit(letter) : Letters.IsDigit(letter) || (Letters.IsLetter(letter) && Letters.IsUpper(letter) == isUpper)))
                return -1;
            if (count < 4)
                check = check * 10 + letter - '0';
            else
                rest = Append(rest, letter);
            at++;
        }

        rest = Append(Append(rest, first), second);
        rest = (rest * 100 + check) % 97;
        return rest == 1 && check is >= 2 and <= 98 && cursor.Ends(at) ? at : -1;
    }

    private static int Next(ref Cursor cursor, int at, bool isSpaced)
    {
        if (cursor[at] is not ((byte)' ' or (byte)'-'))
            return at;
        return isSpaced && cursor[at + 1] == ' ' ? at + 2 : at + 1;
    }

    private static int Append(int rest, byte letter) =>
        Letters.IsDigit(letter) ? (rest * 10 + letter - '0') % 97 : (rest * 100 + (letter | 0x20) - 'a' + 10) % 97;

    private static byte[] ByCountry()
    {
        var lengths = new byte[32 * 32];
        for (var i = 0; i < Registry.Length; i += 4)
            lengths[(Registry[i] & 31) * 32 + (Registry[i + 1] & 31)] = (byte)((Registry[i + 2] - '0') * 10 + Registry[i + 3] - '0');
        return lengths;
    }
}
