using Gateway.Guardrails.Pii.Reading;

namespace Gateway.Guardrails.Pii.Identity;

/// <summary>Ways in which digits check each other.</summary>
internal static class CheckDigits
{
    private const string VerhoeffProducts = "0123456789123406789523401789563401289567401239567859876043216598710432765982104387659321049876543210";
    private const string VerhoeffPermutations = "01234567891576283094580379614289160435279453126870428657390127938064157046913258";

    /// <summary>ISO/IEC 7812-1 annex B: every second digit from the right is doubled, digits of it added; the sum ends in 0.</summary>
    public static bool Luhn(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1)
                digit = digit > 4 ? digit * 2 - 9 : digit * 2;
            sum += digit;
        }

        return sum % 10 == 0;
    }

    /// <summary>Verhoeff's check over the dihedral group D5 (J. Verhoeff, Error Detecting Decimal Codes, 1969).</summary>
    public static bool Verhoeff(ReadOnlySpan<byte> digits)
    {
        var check = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var permuted = VerhoeffPermutations[i % 8 * 10 + digits[^(i + 1)] - '0'] - '0';
            check = VerhoeffProducts[check * 10 + permuted] - '0';
        }

        return check == 0;
    }

    /// <summary>ISO/IEC 7064 MOD 11,10.</summary>
    public static bool Mod11And10(ReadOnlySpan<byte> digits)
    {
        var product = 10;
        foreach (var digit in digits[..^1])
        {
            var sum = (digit - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }

        return (11 - product) % 10 == digits[^1] - '0';
    }

    /// <summary>The sum of digits, each times its weight.</summary>
    public static int Weigh(ReadOnlySpan<byte> digits, ReadOnlySpan<byte> weights)
    {
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
            sum += (digits[i] - '0') * weights[i];
        return sum;
    }

    /// <summary>The digits as a number; they are at most 18.</summary>
    public static long Number(ReadOnlySpan<byte> digits)
    {
        long number = 0;
        foreach (var digit in digits)
            number = number * 10 + digit - '0';
        return number;
    }

    /// <summary>Whether all digits are the same, as in what people write to fill a field.</summary>
    public static bool IsRepeated(ReadOnlySpan<byte> digits) => !digits.ContainsAnyExcept(digits[0]);

    /// <summary>Whether month and day can be a date's in some year.</summary>
    public static bool IsDate(int month, int day) =>
        month is >= 1 and <= 12 && day >= 1 && day <= (month is 4 or 6 or 9 or 11 ? 30 : month == 2 ? 29 : 31);

    /// <summary>Whether two digits each are month and day.</summary>
    public static bool IsDate(ReadOnlySpan<byte> monthAndDay) => IsDate((int)Number(monthAndDay[..2]), (int)Number(monthAndDay[2..4]));

    /// <summary>Whether all are digits.</summary>
    public static bool AreDigits(ReadOnlySpan<byte> letters)
    {
        foreach (var letter in letters)
        {
            if (!Letters.IsDigit(letter))
                return false;
        }

        return true;
    }
}
