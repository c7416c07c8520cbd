using Gateway.Guardrails.Pii.Identity;
using Gateway.Guardrails.Pii.Reading;

namespace Gateway.Guardrails.Pii.Payments;

/// <summary>Numbers of payment cards: ISO/IEC 7812-1, the issuer's range with its lengths, and Luhn; behind a word that says so, Luhn alone.</summary>
internal sealed class CardRecognizer : IPiiRecognizer
{
    private const int Fewest = 12;
    private const int Most = 19;

    /// <summary>How the digits are grouped: at once, by fours, or as American Express and Diners Club print them.</summary>
    private static readonly Form[] Forms =
    [
        new("9999_9999_9999_9999", speaks: true), new("9999_999999_99999", speaks: true), new("9999_999999_9999", speaks: true),
        new("9999_999_999_999", speaks: true), new("9999_9999_9999_9999_999", speaks: true), new("999999_9999999999999", speaks: true),
    ];

    private static readonly Cues Words = new(
        "card", "cards", "cc", "visa", "mastercard", "amex", "maestro", "jcb", "creditcard", "karte", "kreditkarte", "kartennummer", "carte", "tarjeta", "carta", "cartão",
        "카드", "카드번호", "信用卡", "カード", "карта", "карты");

    public string Label => "card";

    public uint Beginnings => 0b1111_1111_0000_0101_0000;

    public int Read(ref Cursor cursor, in Word word)
    {
        Span<byte> digits = stackalloc byte[Form.Most];
        if (word.Digits >= Fewest || word.IsSpaced || (word.End == cursor.Length && !cursor.IsEnd))
        {
            var end = Whole(ref cursor, word, digits, out var count);
            if (end >= 0 && (IsCard(digits[..count]) || (MayBeCard(digits[..count]) && Words.Announce(cursor, word.Start))) && cursor.Ends(end) && (!word.IsSpaced || cursor.EndsApart(end)))
                return end;
            if (word.Digits >= Fewest)
                return -1;
        }

        if (!MayBegin(cursor.Text[word.Start..word.End]))
        {
            cursor.Touched = false;
            return -1;
        }

        foreach (var form in Forms)
        {
            var end = form.Read(ref cursor, word, digits);
            if (end >= 0 && IsCard(digits[..form.Count]) && cursor.Ends(end))
                return end;
        }

        return -1;
    }

    private static int Whole(ref Cursor cursor, in Word word, scoped Span<byte> digits, out int count)
    {
        count = 0;
        var at = word.Start;
        while (count < Most && Letters.IsDigit(cursor[at]))
        {
            digits[count++] = cursor[at++];
            if (!word.IsSpaced)
                continue;
            var next = at;
            while (next < at + 3 && cursor[next] is (byte)' ' or (byte)'-')
                next++;
            if (Letters.IsDigit(cursor[next]))
                at = next;
        }

        return count >= Fewest ? at : -1;
    }

    /// <summary>Whether a first group can begin a card's number.</summary>
    private static bool MayBegin(ReadOnlySpan<byte> digits)
    {
        if (digits.Length < 4)
            return true;
        var issuer = (int)CheckDigits.Number(digits[..4]) * 100;
        return (LengthsOf(issuer) | LengthsOf(issuer + 99)) != 0;
    }

    private static bool IsCard(ReadOnlySpan<byte> digits) =>
        !CheckDigits.IsRepeated(digits) && (LengthsOf((int)CheckDigits.Number(digits[..6])) >> digits.Length & 1) != 0 && CheckDigits.Luhn(digits);

    /// <summary>Whether it is a card's if a word says so: of issuers that are not in the list, or no more. Times in milliseconds begin with 1.</summary>
    private static bool MayBeCard(ReadOnlySpan<byte> digits) =>
        (digits[0] != '1' || digits.StartsWith("1800"u8)) && !CheckDigits.IsRepeated(digits) && CheckDigits.Luhn(digits);

    /// <summary>The lengths of an issuer's numbers, a bit for each, by its first six digits (the issuers' published ranges).</summary>
    private static uint LengthsOf(int issuer)
    {
        const uint upTo19 = 1u << 16 | 1u << 17 | 1u << 18 | 1u << 19;
        return issuer switch
        {
            >= 400000 and <= 499999 => 1u << 13 | 1u << 16 | 1u << 19, // Visa
            >= 510000 and <= 559999 or >= 222100 and <= 272099 => 1u << 16, // Mastercard
            >= 340000 and <= 349999 or >= 370000 and <= 379999 => 1u << 15, // American Express
            >= 601100 and <= 601199 or >= 644000 and <= 659999 => upTo19, // Discover
            >= 300000 and <= 305999 or >= 309500 and <= 309599 or >= 360000 and <= 369999 or >= 380000 and <= 399999 => 1u << 14 | 1u << 15 | upTo19, // Diners Club
            >= 352800 and <= 358999 => upTo19, // JCB
            >= 620000 and <= 629999 or >= 810000 and <= 817199 => upTo19, // UnionPay
            >= 220000 and <= 220499 => upTo19, // Mir
            >= 979200 and <= 979299 => 1u << 16, // Troy
            >= 508500 and <= 508999 or >= 606900 and <= 608999 => 1u << 16, // RuPay
            >= 500000 and <= 509999 or >= 560000 and <= 589999 or >= 630000 and <= 639999 or >= 670000 and <= 679999 => upTo19, // Maestro
            _ => 0,
        };
    }
}
