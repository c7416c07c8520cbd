using System.Buffers;
using System.Collections.Immutable;
using Gateway.Guardrails.Pii.Contacts;
using Gateway.Guardrails.Pii.Identity;
using Gateway.Guardrails.Pii.Payments;

namespace Gateway.Guardrails.Pii;

/// <summary>The recognisers that are asked, by how the words begin that they are asked about.</summary>
internal sealed class Roster
{
    private const int MostDigits = 31;

    private readonly IPiiRecognizer[][] _byDigits = new IPiiRecognizer[MostDigits + 1][];
    private readonly IPiiRecognizer[][] _byDigitsOrMore = new IPiiRecognizer[MostDigits + 1][];

    /// <param name="entities">Labels.</param>
    /// <param name="regions">Of phone numbers.</param>
    public Roster(IReadOnlyCollection<string> entities, ImmutableArray<string> regions)
    {
        HasEmail = entities.Contains(EmailRecognizer.Label);
        // In this order: what has the strongest check or the narrowest form is asked first.
        Func<IPiiRecognizer>[] makers =
        [
            static () => new IbanRecognizer(), static () => new CardRecognizer(), static () => new CryptoRecognizer(), static () => KoreanNumbers.Resident,
            static () => KoreanNumbers.Business, static () => AmericanNumbers.Social, static () => AmericanNumbers.Taxpayer, static () => EuropeanNumbers.British,
            static () => EuropeanNumbers.French, static () => EuropeanNumbers.Spanish, static () => EuropeanNumbers.Italian, static () => EuropeanNumbers.German,
            static () => AsianNumbers.Aadhaar, static () => AsianNumbers.Pan, static () => AmericanNumbers.Brazilian, static () => EuropeanNumbers.Swedish,
            static () => EuropeanNumbers.Polish, static () => EuropeanNumbers.Dutch, static () => AmericanNumbers.Canadian, static () => AsianNumbers.Australian,
            static () => new PassportRecognizer(), static () => new BirthDateRecognizer(), static () => new IpRecognizer(),
        ];
        IPiiRecognizer[] all = [.. makers.Select(static make => make()).Where(one => entities.Contains(one.Label))];
        // Asked last, and made only where it is wanted: it reads the numbering plans.
        if (entities.Contains("phone"))
            all = [.. all, new PhoneRecognizer(regions)];
        for (var digits = 0; digits <= MostDigits; digits++)
        {
            var (just, less) = (1u << digits, (1u << digits) - 1);
            _byDigits[digits] = [.. all.Where(one => (one.Beginnings & just) != 0)];
            _byDigitsOrMore[digits] = [.. all.Where(one => (one.Beginnings & ~less) != 0)];
        }

        Openers = [.. all.Where(static one => one is IpRecognizer or BirthDateRecognizer or PhoneRecognizer)];
        Triggers = SearchValues.Create([.. HasEmail ? "@"u8 : [], .. all.Length > 0 ? "0123456789"u8 : []]);
    }

    /// <summary>All labels, in the order in which they are told.</summary>
    public static ImmutableArray<string> Labels { get; } =
    [
        "email", "phone", "card", "iban", "ip", "kr_rrn", "kr_brn", "us_ssn", "us_itin", "uk_nino", "de_tax_id", "fr_nir", "es_dni", "in_aadhaar", "in_pan",
        "it_cf", "pl_pesel", "br_cpf", "nl_bsn", "se_personnummer", "ca_sin", "au_tfn", "passport", "date_of_birth", "crypto",
    ];

    public bool HasEmail { get; }

    /// <summary>Bytes at which something is looked for: all that is known of has a digit in it, or an <c>@</c>.</summary>
    public SearchValues<byte> Triggers { get; }

    /// <summary>Those that something may belong to of which no trigger has come yet, other than a word.</summary>
    public IPiiRecognizer[] Openers { get; }

    /// <summary>Those to ask about a word that begins with a letter.</summary>
    public IPiiRecognizer[] OfLetters => _byDigits[0];

    /// <summary>Those to ask about a spaced-out word.</summary>
    public IPiiRecognizer[] OfAnyNumber => _byDigitsOrMore[1];

    /// <summary>Those to ask about a word.</summary>
    /// <param name="digits">How many digits it begins with.</param>
    /// <param name="orMore">More may still come.</param>
    public IPiiRecognizer[] OfDigits(int digits, bool orMore) =>
        digits > MostDigits ? [] : orMore ? _byDigitsOrMore[digits] : _byDigits[digits];
}
