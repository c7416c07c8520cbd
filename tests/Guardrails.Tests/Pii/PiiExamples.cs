namespace Gateway.Guardrails.Tests.Pii;

/// <summary>Values that are well-formed and nobody's: from standards and documentation, or made by their check digits; each in a sentence, marked by « ».</summary>
internal static class PiiExamples
{
    public static readonly (string Label, string Text)[] Found =
    [
        ("email", "Write to «bob.smith+news@mail.example.com», please."),
        ("email", "이메일은 «hong@example.co.kr»입니다."),
        ("email", "user=«josé@example.es»&x=1"),
        ("email", "<«a@b.io»>"),
        ("email", "ends with «x_y%z@sub-domain.example.museum»."),
        ("phone", "Call «(201) 555-0123» now"),
        ("phone", "or «201-555-0123», or later"),
        ("phone", "or «+1 201 555 0123»."),
        ("phone", "phone: «2015550123»"),
        ("phone", "ring «+82 10-1234-5678»!"),
        ("phone", "Tel. «+49 30 1234567», 12 Uhr"),
        ("phone", "번호는 «010-1234-5678»입니다"),
        ("phone", "mobil «01012345678» ok"),
        ("card", "Card «4111 1111 1111 1111», 12/29"),
        ("card", "pay 4111,«4111111111111111»,123"),
        ("card", "amex «3782-822463-10005»"),
        ("card", "«5555555555554444»"),
        ("card", "the limit of card «501864667909» and of my old card «180016070420458»?"),
        ("card", "«6011111111111117» «30569309025904» «3530111333300000»"),
        ("iban", "IBAN «DE89 3704 0044 0532 0130 00»."),
        ("iban", "to «GB82WEST12345698765432» today"),
        ("iban", "«FR1420041010050500013M02606»"),
        ("iban", "nl «NL91ABNA0417164300»"),
        ("ip", "from «203.0.113.7», port 80"),
        ("ip", "host «192.168.1.20»:8080/24"),
        ("ip", "net «2001:db8:85a3::8a2e:370:7334»/64"),
        ("ip", "link «fe80::1ff:fe23:4567:890a»."),
        ("ip", "mapped «::ffff:192.0.2.128»"),
        ("kr_rrn", "주민번호 «850101-1234567»"),
        ("kr_rrn", "주민등록번호: «8501012345678»입니다"),
        ("kr_brn", "사업자번호 «123-45-67891»"),
        ("us_ssn", "it is «123-45-6789»."),
        ("us_ssn", "SSN: «123456789»"),
        ("us_itin", "filed with «900-70-1234»"),
        ("uk_nino", "NI number «AB123456C»"),
        ("uk_nino", "NI number «AB 12 34 56 C» is it"),
        ("de_tax_id", "Steuer-ID «86095742719»"),
        ("de_tax_id", "also «47 036 892 816»"),
        ("fr_nir", "sécu «2 55 08 14 168 025 38»"),
        ("fr_nir", "corse «185052A00608435»"),
        ("es_dni", "DNI «12345678Z»"),
        ("es_dni", "NIE «X1234567L», «X-1234567-L»"),
        ("in_aadhaar", "«2341 2341 2346»"),
        ("in_aadhaar", "aadhaar no «234123412346»"),
        ("in_pan", "PAN «ABCPE1234F»"),
        ("it_cf", "CF «RSSMRA85T10A562S»"),
        ("pl_pesel", "PESEL «44051401359»"),
        ("br_cpf", "cpf «111.444.777-35»"),
        ("nl_bsn", "BSN «111222333»"),
        ("se_personnummer", "pnr «811228-9874»"),
        ("ca_sin", "SIN «130 692 544»"),
        ("au_tfn", "TFN «123 456 782»"),
        ("passport", "Passport No. «C01X00T47» expires"),
        ("passport", "여권번호 «M12345678»"),
        ("date_of_birth", "born «1985-03-07», in Bonn"),
        ("date_of_birth", "DOB: «3/7/1985»"),
        ("date_of_birth", "She was born on «March 7, 1985» in Rome"),
        ("date_of_birth", "born «7th of March 1985»."),
        ("date_of_birth", "geboren am «7. März 1985»"),
        ("date_of_birth", "née le «7 mars 1985»,"),
        ("date_of_birth", "생년월일 «1985년 3월 7일»"),
        ("crypto", "send to «1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa» now"),
        ("crypto", "or «3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy»"),
        ("crypto", "or «bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4»."),
        ("crypto", "or «bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0»"),
        ("crypto", "or «0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed»"),
        ("crypto", "eth wallet «0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed»"),
    ];

    public static readonly (string Label, string Text)[] Evasions =
    [
        ("email", "mail ｂｏｂ＠ｅｘａｍｐｌｅ．ｃｏｍ now".Replace("ｂｏｂ＠ｅｘａｍｐｌｅ．ｃｏｍ", "«ｂｏｂ＠ｅｘａｍｐｌｅ．ｃｏｍ»", StringComparison.Ordinal)),
        ("email", "mail «b\u200Bob@exam\u00ADple.com» now"),
        ("email", "mail «bob&#64;example.com» now"),
        ("email", "mail «bob&commat;example&period;com» now"),
        ("email", "q=«bob%40example.com»&r"),
        ("email", "mail «b o b @ e x a m p l e . c o m» now"),
        ("card", "card «４１１１　１１１１　１１１１　１１１１» now"),
        ("card", "card «4\u200B1\u200B1\u200B1\u200B1\u200B1\u200B1\u200B1\u200B1\u200B1\u200B1\u200B1\u200B1\u200B1\u200B1\u200B1» now"),
        ("card", "card «4 1 1 1  1 1 1 1  1 1 1 1  1 1 1 1» now"),
        ("card", "card «4111\u00A01111\u20091111\u202F1111» now".Replace("\u2009", "\u00A0", StringComparison.Ordinal)),
        ("card", "card «٤١١١١١١١١١١١١١١١» now"),
        ("card", "card «4111–1111–1111–1111» now"),
        ("iban", "«D E 8 9 3 7 0 4 0 0 4 4 0 5 3 2 0 1 3 0 0 0» now"),
        ("uk_nino", "«A B 1 2 3 4 5 6 C» now"),
        ("us_ssn", "«1\u206023-45-6789» now"),
        ("us_ssn", "«𝟏𝟐𝟑-𝟒𝟓-𝟔𝟕𝟖𝟗» now"),
        ("phone", "«+1 ２０１ ５５５ ０１２３» now"),
        ("phone", "«2 0 1 5 5 5 0 1 2 3» now"),
    ];

    public static readonly string[] Ordinary =
    [
        "In 2024 there were 1,234,567,890 of them, 12.5% more than in 2019-2021.",
        "550e8400-e29b-41d4-a716-446655440000 and 123e4567-e89b-12d3-a456-426614174000",
        "commit 3b18e512dba79e4c8300dd08aeb37f8e728b8dad, 87b29ba",
        "at 2024-05-06T12:34:56.789Z, 1715000000, 1715000000123",
        "version 1.2.3.4, v1.2.3.4, see section 4.3.2.1; 127.0.0.1 and 0.0.0.0 and ::1",
        "for (int i = 0; i < 1024; i++) sum += a[i] * 3.14159265358979;",
        "icon@2x.png, git@github.com:owner/repo.git, @Override, user@localhost, https://bob:pw@example.com/x",
        "std::vector<int> v{1, 2, 3}; a::b1; 12:34:56; aa:bb:cc:dd:ee:ff",
        "Order 123456789012, invoice INV-2024-000123, part 12345678A, 1-800",
        "born to run; 3 May was sunny; passport control at gate 12",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed 0xdeadbeef 4111 1111 1111 1112 DE88 3704 0044 0532 0130 00",
        "666-12-3456, 123-00-4567, 078-05-1120; QQ123456C; 999-99-9999; 12-3456-7; 1 2 3 4 5 6 7 8 9",
    ];

    /// <summary>Takes the marks out of an example.</summary>
    public static (string Text, string[] Values) Unmark(string marked)
    {
        var parts = marked.Split('«', '»');
        return (string.Concat(parts), [.. parts.Where((_, i) => i % 2 == 1)]);
    }
}
