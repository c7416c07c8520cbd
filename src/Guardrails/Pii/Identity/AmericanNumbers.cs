using Gateway.Guardrails.Pii.Reading;

namespace Gateway.Guardrails.Pii.Identity;

/// <summary>North and South America.</summary>
internal static class AmericanNumbers
{
    private static readonly Cues SocialSecurity = new("ssn", "ssns", "ss#", "social security", "social-security", "soc sec");
    private static readonly Cues TaxpayerCues = new("itin", "taxpayer", "tax id", "tin");
    private static readonly Cues CanadianCues = new("sin", "social insurance", "nas", "assurance sociale");
    private static readonly Cues BrazilianCues = new("cpf", "cadastro de pessoas");

    /// <summary>
    /// United States: area not 000, 666 or from 900 on, group not 00, serial not 0000 (SSA, POMS RM 10201.035); two numbers that were printed
    /// in advertisements are nobody's. Has no check digit, so the hyphens or a word tell.
    /// </summary>
    public static readonly CheckedNumber Social = new(
        "us_ssn", IsSocial, SocialSecurity, new Form("999-99-9999", speaks: true), new Form("999_99_9999", speaks: false), new Form("999999999", speaks: false));

    /// <summary>United States: begins with 9; fourth and fifth digit 50 to 65, 70 to 88, 90 to 92, 94 to 99 (IRS, Internal Revenue Manual 3.21.263).</summary>
    public static readonly CheckedNumber Taxpayer = new(
        "us_itin", IsTaxpayer, TaxpayerCues, new Form("999-99-9999", speaks: true), new Form("999_99_9999", speaks: false), new Form("999999999", speaks: false));

    /// <summary>Canada: nine digits by Luhn, the first neither 0 nor 8 (Service Canada). Three groups of three are any number's, so a word must tell.</summary>
    public static readonly CheckedNumber Canadian =
        new("ca_sin", IsCanadian, CanadianCues, new Form("999_999_999", speaks: false), new Form("999999999", speaks: false));

    /// <summary>Brazil: nine digits and two check digits modulo 11 (Receita Federal, Instrução Normativa 1548).</summary>
    public static readonly CheckedNumber Brazilian =
        new("br_cpf", IsBrazilian, BrazilianCues, new Form("999.999.999-99", speaks: true), new Form("99999999999", speaks: false));

    private static bool IsSocial(ReadOnlySpan<byte> digits)
    {
        var (area, group, serial) = (CheckDigits.Number(digits[..3]), CheckDigits.Number(digits[3..5]), CheckDigits.Number(digits[5..]));
        return area is > 0 and < 900 and not 666 && group > 0 && serial > 0 && !digits.SequenceEqual("078051120"u8) && !digits.SequenceEqual("219099999"u8);
    }

    private static bool IsTaxpayer(ReadOnlySpan<byte> digits) =>
        digits[0] == '9' && !CheckDigits.IsRepeated(digits) && CheckDigits.Number(digits[3..5]) is (>= 50 and <= 65) or (>= 70 and <= 88) or (>= 90 and <= 92) or (>= 94 and <= 99);

    private static bool IsCanadian(ReadOnlySpan<byte> digits) => digits[0] is not ((byte)'0' or (byte)'8') && CheckDigits.Luhn(digits);

    private static bool IsBrazilian(ReadOnlySpan<byte> digits) =>
        !CheckDigits.IsRepeated(digits)
        && CheckDigits.Weigh(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10 % 11 % 10 == digits[9] - '0'
        && CheckDigits.Weigh(digits, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10 % 11 % 10 == digits[10] - '0';
}
