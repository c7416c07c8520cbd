using System.Security.Cryptography;

namespace Gateway.Guardrails.Pii.Payments;

/// <summary>Bitcoin's base58check: a version, a hash of 20 bytes, and the first four bytes of their double SHA-256.</summary>
internal static class Base58
{
    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const int Bytes = 25;

    private static readonly sbyte[] Values = ByLetter();

    /// <summary>Whether all are letters of the alphabet.</summary>
    public static bool MayBe(ReadOnlySpan<byte> letters)
    {
        foreach (var letter in letters)
        {
            if (letter >= 128 || Values[letter] < 0)
                return false;
        }

        return true;
    }

    /// <summary>Whether letters are the address of a key (version 0) or of a script (version 5), on the main network.</summary>
    public static bool IsAddress(ReadOnlySpan<byte> letters)
    {
        if (!MayBe(letters))
            return false;
        Span<byte> decoded = stackalloc byte[Bytes];
        decoded.Clear();
        foreach (var letter in letters)
        {
            var carry = (int)Values[letter];
            for (var i = Bytes - 1; i >= 0; i--)
            {
                carry += decoded[i] * 58;
                decoded[i] = (byte)carry;
                carry >>= 8;
            }

            if (carry != 0)
                return false;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(decoded[..21], hash);
        Span<byte> twice = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(hash, twice);
        return decoded[0] is 0 or 5 && twice[..4].SequenceEqual(decoded[21..]);
    }

    private static sbyte[] ByLetter()
    {
        var values = new sbyte[128];
        Array.Fill(values, (sbyte)-1);
        for (var i = 0; i < Alphabet.Length; i++)
            values[Alphabet[i]] = (sbyte)i;
        return values;
    }
}
