using System.Globalization;

namespace Gateway.Bench.Guardrails.Pii;

/// <summary>Values of each kind that are well-formed and drawn by lot, and numbers that only look like them. Check digits are computed here, apart from the guard's own.</summary>
public sealed class MadeUp(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>A value for each kind and the word that goes before it where one does.</summary>
    public IReadOnlyDictionary<string, (string Cue, Func<string> Make)> Kinds => new Dictionary<string, (string, Func<string>)>
    {
        ["email"] = ("email", () => $"{Pick("ann", "bob.lee", "c_diaz", "kim+news", "x.y.z")}{Digits(2)}@{Pick("example.com", "mail.example.org", "example.co.kr")}"),
        ["phone"] = ("phone", () => Pick($"({Pick("201", "212", "415", "617")}) {Exchange()}-{Digits(4)}", $"415-{Exchange()}-{Digits(4)}", $"+1 617 {Exchange()} {Digits(4)}", $"+82 10-{Between(2000, 9999)}-{Digits(4)}", $"010-{Between(2000, 9999)}-{Digits(4)}", $"+49 30 {Between(2000000, 9999999)}", $"+44 7911 {Between(100000, 999999)}")),
        ["card"] = ("card", () => Grouped(Luhn(Pick("4", "51", "2221", "6011", "3530") is var issuer ? issuer + Digits(15 - issuer.Length) : ""))),
        ["iban"] = ("IBAN", Iban),
        ["ip"] = ("host", () => Pick($"{Between(1, 99)}.{Between(0, 255)}.{Between(0, 255)}.{Between(1, 254)}", $"2001:db8:{Between(1, 9999)}::{Between(1000, 9999)}:1")),
        ["kr_rrn"] = ("주민번호", () => $"{Date()}-{Between(1, 8)}{Digits(6)}"),
        ["kr_brn"] = ("사업자번호", () => Brn(Between(100, 999) + Digits(6))),
        ["us_ssn"] = ("SSN", () => Pick("-", "-", "") is var dash ? $"{Between(1, 665):000}{dash}{Between(1, 99):00}{dash}{Between(1, 9999):0000}" : ""),
        ["us_itin"] = ("ITIN", () => $"9{Digits(2)}-{Between(70, 88)}-{Digits(4)}"),
        ["uk_nino"] = ("NINO", () => $"{Pick("AB", "CE", "JG", "PY")}{Digits(6)}{Pick("A", "B", "C", "D")}"),
        ["fr_nir"] = ("NIR", () => Nir($"{Between(1, 2)}{Digits(2)}{Between(1, 12):00}{Between(10, 19)}{Digits(6)}")),
        ["es_dni"] = ("DNI", () => Digits(8) is var number ? number + "TRWAGMYFPDXBNJZSQVHLCKE"[int.Parse(number, CultureInfo.InvariantCulture) % 23] : ""),
        ["in_pan"] = ("PAN", () => $"{Pick("ABC", "XYZ", "KLM")}P{Pick("A", "K", "S")}{Digits(4)}{Pick("B", "F", "Q")}"),
        ["br_cpf"] = ("CPF", Cpf),
        ["se_personnummer"] = ("personnummer", () => Luhn(Date() + Digits(3)) is var number ? $"{number[..6]}-{number[6..]}" : ""),
        ["passport"] = ("passport no.", () => Pick("M", "C", "X") + Digits(8)),
        ["date_of_birth"] = ("date of birth", () => Pick($"19{Between(40, 99)}-{Between(1, 12):00}-{Between(1, 28):00}", $"{Between(1, 28)} {Pick("March", "May", "October")} 19{Between(40, 99)}", $"{Between(1, 12)}/{Between(1, 28)}/19{Between(40, 99)}")),
        ["crypto"] = ("wallet", () => Pick("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")),
    };

    /// <summary>Something that is no personal data and looks as if.</summary>
    public string Decoy() => Pick(
        $"550e8400-e29b-41d4-a716-{Digits(12)}", Digits(16), Digits(13), $"17{Digits(8)}", $"{Between(1, 9)}.{Between(0, 20)}.{Between(0, 20)}", $"v{Between(1, 9)}.{Between(0, 9)}.{Between(0, 9)}.{Between(0, 9)}",
        $"INV-{Digits(6)}-{Digits(4)}", $"2024-0{Between(1, 9)}-1{Digits(1)}T12:34:56Z", $"{Between(1, 999)},{Digits(3)},{Digits(3)}", $"0x{Digits(8)}", Digits(9), Digits(11), $"{Digits(3)}/{Digits(4)}", $"@user{Digits(3)}");

    public string Pick(params string[] choices) => choices[_random.Next(choices.Length)];

    public int Between(int least, int most) => _random.Next(least, most + 1);

    private string Digits(int count) => string.Create(count, _random, static (digits, random) =>
    {
        foreach (ref var digit in digits)
            digit = (char)('0' + random.Next(10));
    });

    private string Exchange() => $"{Between(2, 9)}{Between(2, 9)}{Between(2, 9)}";

    private string Date() => $"{Between(40, 99)}{Between(1, 12):00}{Between(1, 28):00}";

    private string Grouped(string card) => Between(0, 1) == 0 ? card : $"{card[..4]} {card[4..8]} {card[8..12]} {card[12..]}";

    private static string Luhn(string digits) =>
        digits + Enumerable.Range(0, 10).First(last => (digits + last).Reverse().Select((digit, i) => (digit - '0') * (i % 2 + 1)).Sum(value => value > 9 ? value - 9 : value) % 10 == 0);

    private string Iban()
    {
        var account = Digits(18);
        var check = 98 - (int)(System.Numerics.BigInteger.Parse(account + "131400", CultureInfo.InvariantCulture) % 97);
        var iban = $"DE{check:00}{account}";
        return Between(0, 1) == 0 ? iban : string.Join(' ', iban.Chunk(4).Select(static part => new string(part)));
    }

    private static string Brn(string digits)
    {
        int[] weights = [1, 3, 7, 1, 3, 7, 1, 3, 5];
        var sum = weights.Select((weight, i) => weight * (digits[i] - '0')).Sum() + (digits[8] - '0') * 5 / 10;
        return $"{digits[..3]}-{digits[3..5]}-{digits[5..]}{(10 - sum % 10) % 10}";
    }

    private static string Nir(string digits) => $"{digits}{97 - long.Parse(digits, CultureInfo.InvariantCulture) % 97:00}";

    private string Cpf()
    {
        var digits = Digits(9);
        for (var length = 9; length < 11; length++)
            digits += digits.Select((digit, i) => (digit - '0') * (length + 1 - i)).Sum() * 10 % 11 % 10;
        return $"{digits[..3]}.{digits[3..6]}.{digits[6..9]}-{digits[9..]}";
    }
}
