using System.Buffers;
using System.Buffers.Text;

namespace Gateway.Guardrails.Secrets;

/// <summary>The credentials of an authorization header: what follows <c>Bearer</c> (RFC 6750, section 2.1) or <c>Basic</c> (RFC 7617, section 2).</summary>
internal sealed class AuthorizationScheme(bool isBasic) : ISecretForm
{
    public const string Bearer = "bearer ";

    public const string Basic = "basic ";

    /// <summary>The kind.</summary>
    public const string Label = "authorization";

    private const int Most = 512;

    public Sighting Judge(in SeenText text, int start, int end)
    {
        if (!text.BeginsWord(start))
            return Sighting.None;
        var stop = text.RunEnd(end, isBasic ? KeyAlphabet.Base64 : KeyAlphabet.Token68, Most + 1);
        if (stop - end > Most)
            return Sighting.None;
        if (text.MayGoOn(stop))
            return Sighting.Open(end);
        if (!isBasic && stop > end && text.Utf8[stop - 1] == '.')
            stop--;
        var value = text.Utf8[end..stop];
        return (isBasic ? IsUserAndPassword(value) : value.Length >= 16 && KeyChecks.IsRandom(value)) ? new Sighting(Label, end, stop, 0.85f) : Sighting.None;
    }

    /// <summary>Whether it is base 64 of a name, a colon and a password, of printable bytes.</summary>
    private static bool IsUserAndPassword(ReadOnlySpan<byte> value)
    {
        Span<byte> plain = stackalloc byte[Most];
        if (value.Length < 8 || Dummies.IsDummyKey(value) || Base64.DecodeFromUtf8(value, plain, out _, out var length) != OperationStatus.Done)
            return false;
        plain = plain[..length];
        var colon = plain.IndexOf((byte)':');
        return colon >= 0 && length - colon > 4 && plain.IndexOfAnyInRange((byte)0, (byte)31) < 0 && !Dummies.IsDummyPassword(plain[(colon + 1)..]);
    }
}
