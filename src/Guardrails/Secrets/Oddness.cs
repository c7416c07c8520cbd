using System.Numerics;

namespace Gateway.Guardrails.Secrets;

/// <summary>How little a value looks like words and numbers that people write: the measure of entropy for short values, of which a count of bytes says little.</summary>
/// <param name="Odd">
/// Neighbours that words and names do not have: letters that rarely follow each other, a letter beside a digit, a sign other than those that join words.
/// </param>
/// <param name="Pairs">Neighbours in all.</param>
/// <param name="Distinct">How many bytes are different ones.</param>
/// <param name="Digits">How many bytes are digits.</param>
/// <param name="Letters">How many bytes are letters.</param>
/// <param name="Classes">How many there are of small letters, capitals, digits and signs that do not join words.</param>
internal readonly record struct Oddness(int Odd, int Pairs, int Distinct, int Digits, int Letters, int Classes)
{
    /// <summary>
    /// The letters that often follow each letter, a bit each: the 300 pairs, of 676, that make up 98.9 % of the neighbours in the XML documentation of
    /// .NET's reference packs. Of letters drawn at random 56 % of the pairs are others.
    /// </summary>
    private static readonly uint[] Usual =
    [
        0x1beb96e, 0x1144b11, 0x11e4d95, 0x136c919, 0x1eff9ff, 0x01e4931, 0x05e6991, 0x10a5111, 0x22ef87f, 0x0040010, 0x0040110, 0x11e495b, 0x036d91b,
        0x03df9fd, 0x07efd7f, 0x01ee9d1, 0x0100800, 0x17e7d7d, 0x13dcdb5, 0x15ef9bd, 0x00eb937, 0x0044115, 0x0066191, 0x0089114, 0x00cb110, 0x0004011,
    ];

    /// <summary>
    /// As a generated key is: a quarter of the neighbours odd, at least five, and not of few characters. A random key in base 62 has half of them odd, in base
    /// 16 still 0.4; an identifier with numbers in it has a tenth.
    /// </summary>
    public bool IsOddKey => Odd >= 5 && Odd * 4 >= Pairs && Distinct >= Math.Min(9, (Pairs + 1) / 2) && Digits + Letters > 0;

    /// <summary>As a key is behind a vendor's prefix, which few words follow: a sixth of the neighbours odd. Of a thousand keys of 34 random letters one has fewer.</summary>
    public bool IsOddSuffix => Odd >= 4 && Odd * 6 >= Pairs && Distinct >= Math.Min(8, (Pairs + 1) / 2);

    /// <summary>As a password is that a generator or a policy made: a fifth of the neighbours odd, at least two, or every class of bytes in it.</summary>
    public bool IsOddPassword => Odd >= 2 && (Odd * 5 >= Pairs || Classes == 4) && Distinct >= 5;

    public static Oddness Of(ReadOnlySpan<byte> value)
    {
        var (odd, digits, letters) = (0, 0, 0);
        var (low, high) = (0ul, 0ul);
        byte before = 0;
        var classes = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var current = value[i];
            if (current < 64)
                low |= 1ul << current;
            else
                high |= 1ul << (current & 63);
            if (KeyAlphabet.IsDigit(current))
                digits++;
            else if (KeyAlphabet.IsLetter(current))
                letters++;
            classes |= ClassOf(current);
            if (i > 0 && IsOdd(before, current))
                odd++;
            before = current;
        }

        return new Oddness(odd, Math.Max(0, value.Length - 1), BitOperations.PopCount(low) + BitOperations.PopCount(high), digits, letters, BitOperations.PopCount((uint)classes));
    }

    private static int ClassOf(byte value) => value switch
    {
        >= (byte)'a' and <= (byte)'z' => 1,
        >= (byte)'A' and <= (byte)'Z' => 2,
        >= (byte)'0' and <= (byte)'9' => 4,
        _ => JoinsWords(value) ? 0 : 8,
    };

    private static bool IsOdd(byte one, byte other)
    {
        if (KeyAlphabet.IsLetter(one))
        {
            if (KeyAlphabet.IsLetter(other))
            {
                // A capital after a small letter begins another word.
                var beginsWord = (one & 0x20) != 0 && (other & 0x20) == 0;
                return !beginsWord && (Usual[(one | 0x20) - 'a'] & (1u << ((other | 0x20) - 'a'))) == 0;
            }

            return KeyAlphabet.IsDigit(other) || !JoinsWords(other);
        }

        if (KeyAlphabet.IsDigit(one))
            return KeyAlphabet.IsLetter(other) || (!KeyAlphabet.IsDigit(other) && !JoinsWords(other));
        return !JoinsWords(one) && !JoinsWords(other);
    }

    private static bool JoinsWords(byte value) => value is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'/' or (byte)':' or (byte)' ' or (byte)',' or (byte)'=' or (byte)'\\';
}
