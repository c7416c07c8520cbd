using Gateway.Guardrails.Pii.Reading;

namespace Gateway.Guardrails.Pii.Identity;

/// <summary>Europe.</summary>
internal static class EuropeanNumbers
{
    private static readonly Cues None = new();
    private static readonly Cues GermanCues = new("steuer-id", "steuerid", "steuer-identifikationsnummer", "steueridentifikationsnummer", "steuernummer", "idnr", "tin", "tax id");
    private static readonly Cues PolishCues = new("pesel");
    private static readonly Cues DutchCues = new("bsn", "burgerservicenummer", "sofinummer", "sofi");
    private static readonly Cues SwedishCues = new("personnummer", "personnr", "pnr", "samordningsnummer");

    /// <summary>
    /// United Kingdom: two letters, six digits, A to D (HMRC, National Insurance Manual NIM39110). No check digit; the letters that may not
    /// stand first, second or together make chance hits rare.
    /// </summary>
    public static readonly CheckedNumber British = new("uk_nino", IsBritish, None, new Form("AA~99~99~99~A", speaks: true));

    /// <summary>
    /// Germany: eleven digits by ISO 7064 MOD 11,10, the first not 0, and among the first ten exactly one digit two or three times (§ 139b AO,
    /// BZSt).
    /// </summary>
    public static readonly CheckedNumber German =
        new("de_tax_id", IsGerman, GermanCues, new Form("99_999_999_999", speaks: true), new Form("99999999999", speaks: false));

    /// <summary>
    /// France: sex, year, month (from 20 on where unknown), department, commune, order, and a key modulo 97 (INSEE, RNIPP). One of two thousand
    /// random numbers passes, so no word is asked for.
    /// </summary>
    public static readonly CheckedNumber French = new("fr_nir", IsFrench, None, new Form("9~99~99~##~999~999~99", speaks: true));

    /// <summary>Spain: eight digits, or for foreigners X, Y or Z and seven, and a letter modulo 23 (Real Decreto 1553/2005, Orden INT/2058/2008).</summary>
    public static readonly CheckedNumber Spanish =
        new("es_dni", IsSpanish, None, new Form("99999999~A", speaks: true), new Form("A~9999999~A", speaks: true));

    /// <summary>Italy: sixteen letters and digits, the last a check letter (Decreto ministeriale 23 dicembre 1976); letters may stand for digits where two would get the same.</summary>
    public static readonly CheckedNumber Italian = new("it_cf", IsItalian, None, new Form("AAAAAA##A##A###A", speaks: true));

    /// <summary>Poland: date, order, check digit (Ustawa o ewidencji ludności, article 15).</summary>
    public static readonly CheckedNumber Polish = new("pl_pesel", IsPolish, PolishCues, new Form("99999999999", speaks: false));

    /// <summary>The Netherlands: nine digits, the "elfproef" (Besluit burgerservicenummer). One of eleven passes, so a word must tell.</summary>
    public static readonly CheckedNumber Dutch = new("nl_bsn", IsDutch, DutchCues, new Form("999999999", speaks: false), new Form("9999_99_999", speaks: false));

    /// <summary>Sweden: date, hyphen, four digits, Luhn over the last ten (Skatteverket, SKV 704).</summary>
    public static readonly CheckedNumber Swedish = new(
        "se_personnummer", IsSwedish, SwedishCues,
        new Form("999999-9999", speaks: true), new Form("99999999-9999", speaks: true), new Form("9999999999", speaks: false), new Form("999999999999", speaks: false));

    private static bool IsBritish(ReadOnlySpan<byte> letters)
    {
        // Neither first letter is D, F, I, Q, U or V, the second is not O, and seven pairs are not given.
        var (first, second) = (letters[0], letters[1]);
        if ("DFIQUV"u8.Contains(first) || "DFIQUVO"u8.Contains(second) || letters[8] > 'D')
            return false;
        return (first, second) is not (((byte)'B', (byte)'G') or ((byte)'G', (byte)'B') or ((byte)'N', (byte)'K') or ((byte)'K', (byte)'N')
            or ((byte)'T', (byte)'N') or ((byte)'N', (byte)'T') or ((byte)'Z', (byte)'Z'));
    }

    private static bool IsGerman(ReadOnlySpan<byte> digits)
    {
        if (digits[0] == '0' || !CheckDigits.Mod11And10(digits))
            return false;
        Span<byte> times = stackalloc byte[10];
        foreach (var digit in digits[..10])
            times[digit - '0']++;
        var (twice, thrice) = (times.Count((byte)2), times.Count((byte)3));
        return times.Count((byte)1) == 10 - twice * 2 - thrice * 3 && twice + thrice == 1;
    }

    private static bool IsFrench(ReadOnlySpan<byte> letters)
    {
        var month = CheckDigits.Number(letters[3..5]);
        if (letters[0] is not ((byte)'1' or (byte)'2' or (byte)'3' or (byte)'4' or (byte)'7' or (byte)'8') || month is not ((>= 1 and <= 12) or (>= 20 and <= 42) or (>= 50 and <= 99)))
            return false;
        // Corsica's departments are 2A and 2B; the key takes them for 19 and 18.
        var isCorsican = letters[5] == '2' && letters[6] is (byte)'A' or (byte)'B';
        if (!isCorsican && !CheckDigits.AreDigits(letters[5..7]))
            return false;
        var department = isCorsican ? letters[6] == 'A' ? 19 : 18 : CheckDigits.Number(letters[5..7]);
        var number = (CheckDigits.Number(letters[..5]) * 100 + department) * 1_000_000 + CheckDigits.Number(letters[7..13]);
        return department > 0 && 97 - number % 97 == CheckDigits.Number(letters[13..]);
    }

    private static bool IsSpanish(ReadOnlySpan<byte> letters)
    {
        var first = letters[0] switch { (byte)'X' => 0, (byte)'Y' => 1, (byte)'Z' => 2, >= (byte)'0' and <= (byte)'9' => letters[0] - '0', _ => -1 };
        return first >= 0 && "TRWAGMYFPDXBNJZSQVHLCKE"[(int)((first * 10_000_000 + CheckDigits.Number(letters[1..8])) % 23)] == letters[8];
    }

    private static bool IsItalian(ReadOnlySpan<byte> letters)
    {
        ReadOnlySpan<byte> odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
        var sum = 0;
        for (var i = 0; i < 15; i++)
        {
            var value = Letters.IsDigit(letters[i]) ? letters[i] - '0' : letters[i] - 'A';
            sum += i % 2 == 0 ? odd[value] : value;
            if (i is 6 or 7 or 9 or 10 or 12 or 13 or 14 && !Letters.IsDigit(letters[i]) && !"LMNPQRSTUV"u8.Contains(letters[i]))
                return false;
        }

        return "ABCDEHLMPRST"u8.Contains(letters[8]) && letters[15] - 'A' == sum % 26;
    }

    private static bool IsPolish(ReadOnlySpan<byte> digits) =>
        CheckDigits.IsDate((int)CheckDigits.Number(digits[2..4]) % 20, (int)CheckDigits.Number(digits[4..6]))
        && (10 - CheckDigits.Weigh(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10) % 10 == digits[10] - '0';

    private static bool IsDutch(ReadOnlySpan<byte> digits) =>
        !CheckDigits.IsRepeated(digits) && (CheckDigits.Weigh(digits, [9, 8, 7, 6, 5, 4, 3, 2]) - (digits[8] - '0')) % 11 == 0;

    private static bool IsSwedish(ReadOnlySpan<byte> digits)
    {
        var last = digits[^10..];
        // Coordination numbers have 60 added to the day.
        var day = (int)CheckDigits.Number(last[4..6]);
        return CheckDigits.IsDate((int)CheckDigits.Number(last[2..4]), day > 60 ? day - 60 : day) && CheckDigits.Luhn(last)
            && (digits.Length == 10 || CheckDigits.Number(digits[..2]) is 18 or 19 or 20);
    }
}
