using Gateway.Guardrails.Pii.Reading;

namespace Gateway.Guardrails.Pii.Identity;

/// <summary>South Korea: the resident's number and the business's.</summary>
internal static class KoreanNumbers
{
    private static readonly Cues ResidentCues = new("주민", "외국인등록", "rrn", "resident registration", "resident number", "jumin");
    private static readonly Cues BusinessCues = new("사업자", "brn", "business registration", "business number");

    /// <summary>
    /// Date of birth, hyphen, a digit for sex, century and nationality (1 to 8 for those born since 1900), six more. Since October 2020 the six are drawn
    /// by lot and the last is no check digit (Enforcement Rule of the Resident Registration Act, article 2), so none is asked for: a valid
    /// date and the hyphen decide, or without the hyphen a word before it.
    /// </summary>
    public static readonly CheckedNumber Resident =
        new("kr_rrn", IsResident, ResidentCues, new Form("999999-9999999", speaks: true), new Form("999999~9999999", speaks: false));

    /// <summary>Ten digits, 3-2-5, the last a check digit (National Tax Service).</summary>
    public static readonly CheckedNumber Business =
        new("kr_brn", IsBusiness, BusinessCues, new Form("999-99-99999", speaks: true), new Form("9999999999", speaks: false));

    private static bool IsResident(ReadOnlySpan<byte> digits) => digits[6] is >= (byte)'1' and <= (byte)'8' && CheckDigits.IsDate(digits[2..6]);

    private static bool IsBusiness(ReadOnlySpan<byte> digits)
    {
        var sum = CheckDigits.Weigh(digits, [1, 3, 7, 1, 3, 7, 1, 3, 5]) + (digits[8] - '0') * 5 / 10;
        return (10 - sum % 10) % 10 == digits[9] - '0' && digits[0] != '0';
    }
}
