using Gateway.Guardrails.Pii.Reading;

namespace Gateway.Guardrails.Pii.Payments;

/// <summary>Bitcoin's segregated-witness addresses: BIP-173, and BIP-350 for witness versions from 1 on.</summary>
internal static class Bech32
{
    /// <summary>The longest address, in letters (BIP-173).</summary>
    public const int Longest = 90;

    private const string Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

    /// <summary>Whether letters are an address on the main network, <c>bc1...</c>, in one case.</summary>
    public static bool IsAddress(ReadOnlySpan<byte> letters)
    {
        if (letters.Length > Longest || !(letters.StartsWith("bc1"u8) || letters.StartsWith("BC1"u8)))
            return false;
        var isUpper = letters[0] == 'B';
        // The human-readable part, expanded: high bits, a zero, low bits.
        var check = 1u;
        foreach (var value in (ReadOnlySpan<byte>)[3, 3, 0, 2, 3])
            check = Step(check, value);
        var version = -1;
        foreach (var letter in letters[3..])
        {
            if (Letters.IsLetter(letter) && Letters.IsUpper(letter) != isUpper)
                return false;
            var value = Alphabet.IndexOf((char)Letters.Lower(letter), StringComparison.Ordinal);
            if (value < 0)
                return false;
            version = version < 0 ? value : version;
            check = Step(check, (uint)value);
        }

        return check == (version == 0 ? 1u : 0x2BC830A3u) && version <= 16;
    }

    private static uint Step(uint check, uint value)
    {
        ReadOnlySpan<uint> generators = [0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3];
        var top = check >> 25;
        check = ((check & 0x1FFFFFF) << 5) ^ value;
        for (var i = 0; i < 5; i++)
        {
            if ((top >> i & 1) != 0)
                check ^= generators[i];
        }

        return check;
    }
}
