using System.Buffers;

namespace Gateway.Guardrails.Secrets;

/// <summary>The alphabets that keys are written in.</summary>
internal static class KeyAlphabet
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Digits = "0123456789";

    /// <summary>Base 62.</summary>
    public static readonly SearchValues<byte> Alphanumeric = Of(Letters + Digits);

    /// <summary>Base 64 for URLs (RFC 4648, section 5), without padding.</summary>
    public static readonly SearchValues<byte> UrlSafe = Of(Letters + Digits + "-_");

    /// <summary>As <see cref="UrlSafe"/>, in parts between dots.</summary>
    public static readonly SearchValues<byte> Dotted = Of(Letters + Digits + "-_.");

    /// <summary>Base 64 (RFC 4648, section 4) with padding.</summary>
    public static readonly SearchValues<byte> Base64 = Of(Letters + Digits + "+/=");

    /// <summary>As <see cref="Base64"/>, with underscores between parts.</summary>
    public static readonly SearchValues<byte> Base64WithUnderscores = Of(Letters + Digits + "+/=_");

    /// <summary>Base 64 as it stands in a URL's query: percent-encoded or not.</summary>
    public static readonly SearchValues<byte> Base64InQuery = Of(Letters + Digits + "+/=%");

    /// <summary>Base 64 of both kinds, dots and tildes: the token68 of RFC 9110, section 11.2.</summary>
    public static readonly SearchValues<byte> Token68 = Of(Letters + Digits + "-._~+/=");

    /// <summary>As <see cref="Dotted"/>, with tildes: the unreserved characters of RFC 3986.</summary>
    public static readonly SearchValues<byte> DottedWithTilde = Of(Letters + Digits + "-_.~");

    /// <summary>Hexadecimal, in either case.</summary>
    public static readonly SearchValues<byte> Hex = Of(Digits + "abcdefABCDEF");

    /// <summary>Hexadecimal digits in groups, as of a UUID.</summary>
    public static readonly SearchValues<byte> HexGroups = Of(Digits + "abcdefABCDEF-");

    /// <summary>Capital letters and digits.</summary>
    public static readonly SearchValues<byte> Capitals = Of("ABCDEFGHIJKLMNOPQRSTUVWXYZ" + Digits);

    /// <summary>Capital letters and digits in groups.</summary>
    public static readonly SearchValues<byte> CapitalGroups = Of("ABCDEFGHIJKLMNOPQRSTUVWXYZ-" + Digits);

    /// <summary>Path segments of base 62.</summary>
    public static readonly SearchValues<byte> Segments = Of(Letters + Digits + "-_/");

    /// <summary>What a value without quotes is made of: visible ASCII, but for what delimits values and what only code has.</summary>
    public static readonly SearchValues<byte> Unquoted = Of(Letters + Digits + "!#$%*+-./:=?@^_~");

    /// <summary>What a value in quotes is made of: visible ASCII without quotes and backslashes.</summary>
    public static readonly SearchValues<byte> Quoted = Of(Letters + Digits + "!#$%&()*+,-./:;<=>?@[]^_{|}~");

    /// <summary>What passwords in a URL are made of (RFC 3986, section 3.2.1), the colon and the unencoded signs that clients let pass included.</summary>
    public static readonly SearchValues<byte> UserInformation = Of(Letters + Digits + "-._~!$&*+,;=%:^#?");

    /// <summary>Whether a byte is an ASCII letter, a digit or an underscore.</summary>
    public static bool IsWord(byte value) => IsLetter(value) || IsDigit(value) || value == '_';

    public static bool IsLetter(byte value) => (uint)((value | 0x20) - 'a') <= 'z' - 'a';

    public static bool IsDigit(byte value) => (uint)(value - '0') <= 9;

    private static SearchValues<byte> Of(string bytes) => SearchValues.Create(System.Text.Encoding.ASCII.GetBytes(bytes));
}
