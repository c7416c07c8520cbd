using Gateway.Guardrails.Pii.Reading;

namespace Gateway.Guardrails.Pii.Identity;

/// <summary>India and Australia.</summary>
internal static class AsianNumbers
{
    private static readonly Cues AadhaarCues = new("aadhaar", "aadhar", "adhaar", "uidai", "uid", "आधार");
    private static readonly Cues AustralianCues = new("tfn", "tax file");

    /// <summary>India: twelve digits, the first 2 to 9, by Verhoeff (UIDAI); 4-4-4, or a word before it.</summary>
    public static readonly CheckedNumber Aadhaar =
        new("in_aadhaar", IsAadhaar, AadhaarCues, new Form("9999_9999_9999", speaks: true), new Form("999999999999", speaks: false));

    /// <summary>India: five letters, the fourth for the kind of holder, four digits, a letter (Income Tax Department). How its check letter is made is not published.</summary>
    public static readonly CheckedNumber Pan = new("in_pan", static letters => "ABCFGHJLPT"u8.Contains(letters[3]), new Cues(), new Form("AAAAA9999A", speaks: true));

    /// <summary>Australia: nine digits modulo 11 (ATO). One of eleven passes, so a word must tell.</summary>
    public static readonly CheckedNumber Australian =
        new("au_tfn", IsAustralian, AustralianCues, new Form("999_999_999", speaks: false), new Form("999999999", speaks: false));

    private static bool IsAadhaar(ReadOnlySpan<byte> digits) => digits[0] >= '2' && !CheckDigits.IsRepeated(digits) && CheckDigits.Verhoeff(digits);

    private static bool IsAustralian(ReadOnlySpan<byte> digits) =>
        !CheckDigits.IsRepeated(digits) && CheckDigits.Weigh(digits, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 == 0;
}
