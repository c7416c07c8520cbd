using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Gateway.Guardrails.Secrets;

/// <summary>
/// A JSON web token: three parts of base 64 for URLs between dots (five when it is encrypted), of which the first is a JSON object that names an algorithm
/// (RFC 7515, section 7.1; RFC 7516). Kubernetes' service-account tokens are of this form.
/// </summary>
internal sealed class JsonWebToken : ISecretForm
{
    /// <summary>The base 64 of an object's beginning.</summary>
    public const string Anchor = "eyJ";

    /// <summary>The kind.</summary>
    public const string Label = "jwt";

    // Headers in use have up to a few hundred bytes; one that carries certificates is no bearer's token.
    private const int MostHeader = 1024;

    // The shortest signature in use, HMAC-SHA256, has 43 characters; an encrypted token's empty key makes its second part short.
    private const int LeastSignature = 16;

    public Sighting Judge(in SeenText text, int start, int end)
    {
        // Behind a dot it is a token's second part.
        if (!text.Utf8[start..end].SequenceEqual("eyJ"u8) || !text.BeginsWord(start) || (start > 0 && text.Utf8[start - 1] is (byte)'.' or (byte)'-'))
            return Sighting.None;
        var stop = text.RunEnd(end, KeyAlphabet.UrlSafe, MostHeader);
        if (text.MayGoOn(stop))
            return stop - end < MostHeader ? Sighting.Open(start) : Sighting.None;
        if (stop == text.Utf8.Length || text.Utf8[stop] != '.' || !NamesAlgorithm(text.Utf8[start..stop]))
            return Sighting.None;

        var (parts, last) = (1, 0);
        while (stop < text.Utf8.Length && text.Utf8[stop] == '.' && parts < 5)
        {
            var from = stop + 1;
            stop = text.RunEnd(from, KeyAlphabet.UrlSafe, int.MaxValue);
            last = stop - from;
            parts++;
            if (parts == 2 && last == 0 && !text.MayGoOn(stop) && (stop == text.Utf8.Length || text.Utf8[stop] != '.'))
                return Sighting.None;
        }

        if (text.MayGoOn(stop))
            return Sighting.Open(start);

        // A dot that nothing follows ends a sentence.
        if (last == 0)
            (parts, stop) = (parts - 1, stop - 1);
        return parts is 3 or 5 && (last == 0 || last >= LeastSignature) ? new Sighting(Label, start, stop, 1) : Sighting.None;
    }

    private static bool NamesAlgorithm(ReadOnlySpan<byte> header)
    {
        Span<byte> json = stackalloc byte[MostHeader];
        if (Base64Url.DecodeFromUtf8(header, json, out _, out var length) != OperationStatus.Done)
            return false;
        try
        {
            var reader = new Utf8JsonReader(json[..length]);
            var found = false;
            while (reader.Read())
                found |= reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("alg"u8);
            return found;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
