using System.Buffers.Text;

namespace Gateway.Guardrails.Secrets;

/// <summary>What holds of vendors' keys beyond their length and alphabet.</summary>
internal static class KeyChecks
{
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>It is not one that documentation shows.</summary>
    public static bool IsNoDummy(ReadOnlySpan<byte> key) => !Dummies.IsDummyKey(key);

    /// <summary>It looks drawn at random.</summary>
    public static bool IsRandom(ReadOnlySpan<byte> key) => !Dummies.IsDummyKey(key) && Oddness.Of(key).IsOddSuffix;

    /// <summary>The last six characters are the CRC-32 of those before them, in base 62 with leading zeros.</summary>
    /// <remarks>GitHub, "Behind GitHub's new authentication token formats", 2021; npm's granular and classic tokens are made alike.</remarks>
    public static bool EndsInChecksum(ReadOnlySpan<byte> key)
    {
        const int digits = 6;
        if (key.Length <= digits)
            return false;
        var sum = Crc32(key[..^digits]);
        for (var i = key.Length - 1; i >= key.Length - digits; i--, sum /= 62)
        {
            if (key[i] != Base62[(int)(sum % 62)])
                return false;
        }

        return sum == 0;
    }

    /// <summary>As OpenAI's: random, around a marker that is its name in base 64.</summary>
    public static bool HasOpenAiMarker(ReadOnlySpan<byte> key) => key.IndexOf("T3BlbkFJ"u8) >= 0 && IsNoDummy(key);

    /// <summary>As Slack's: groups behind hyphens, some of them numbers, the last one random.</summary>
    public static bool HasSlackGroups(ReadOnlySpan<byte> key) =>
        key.IndexOf((byte)'-') > 0 && IsRandom(key[(key.LastIndexOf((byte)'-') + 1)..]);

    /// <summary>As SendGrid's: 22 characters, a dot, 43 characters.</summary>
    public static bool HasSendGridParts(ReadOnlySpan<byte> key) => key[22] == '.' && key.Count((byte)'.') == 1 && IsNoDummy(key);

    /// <summary>It reads as a JSON object in base 64.</summary>
    public static bool IsJsonInBase64(ReadOnlySpan<byte> key) => key.StartsWith("eyJ"u8) && IsNoDummy(key);

    /// <summary>It is base 64 of 32 bytes, percent-encoded or not.</summary>
    public static bool IsBase64Of32(ReadOnlySpan<byte> key) => DecodedLength(key) == 32 && IsNoDummy(key);

    /// <summary>It is base 64 of 64 bytes.</summary>
    public static bool IsBase64Of64(ReadOnlySpan<byte> key) => DecodedLength(key) == 64 && IsNoDummy(key);

    /// <summary>As 1Password's secret keys: groups of 6, 11 (or 6 and 5), 5, 5 and 5 characters.</summary>
    public static bool HasOnePasswordGroups(ReadOnlySpan<byte> key) => key.Count((byte)'-') is 4 or 5 && IsRandom(key);

    /// <summary>It is a UUID that is not made of few digits.</summary>
    public static bool IsUuid(ReadOnlySpan<byte> key) => Dummies.IsUuid(key) && IsNoDummy(key);

    private static int DecodedLength(ReadOnlySpan<byte> key)
    {
        const int most = 96;
        Span<byte> plain = stackalloc byte[most];
        var length = 0;
        for (var i = 0; i < key.Length && length < most; i++)
        {
            if (key[i] != '%')
                plain[length++] = key[i];
            else if (i + 2 < key.Length && Utf8Parser.TryParse(key.Slice(i + 1, 2), out byte value, out _, 'x'))
                (plain[length++], i) = (value, i + 2);
            else
                return -1;
        }

        return Base64.IsValid(plain[..length], out var decoded) && plain[length - 1] == '=' ? decoded : -1;
    }

    // The reflected polynomial of CRC-32 as in ISO 3309 and zip.
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum >> 1) ^ (0xEDB88320 & (0 - (sum & 1)));
        }

        return ~sum;
    }
}
