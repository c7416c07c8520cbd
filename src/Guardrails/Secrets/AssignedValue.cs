using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace Gateway.Guardrails.Secrets;

/// <summary>Tells whether the value of a name of secrets is one.</summary>
internal static class AssignedValue
{
    /// <summary>Kinds that only the identifier tells.</summary>
    public static readonly ImmutableArray<string> VendorKinds = ["aws_secret_key", "datadog_key", "twilio_key", "heroku_key", "discord_token"];

    private static readonly SearchValues<byte> CodeSigns = SearchValues.Create("()[]{}<>"u8);

    private const float ByName = 0.7f;
    private const float ByVendor = 0.75f;

    /// <summary>What the value is; null when it is no secret.</summary>
    /// <param name="value">The value, without quotes.</param>
    /// <param name="identifier">The identifier that ends in the name, and the name.</param>
    /// <param name="name">The name.</param>
    /// <param name="between">How the value was given.</param>
    public static (string Label, float Score)? Judge(
        ReadOnlySpan<byte> value, ReadOnlySpan<byte> identifier, SecretName name, in AssignmentSyntax between)
    {
        if (value.Length < 6 || IsPublic(identifier))
            return null;
        if (Vendor(identifier, value) is { } vendor && !Dummies.IsDummyKey(value))
            return (vendor, ByVendor);
        if (Dummies.IsUuid(value))
            return null;
        if (between.IsField)
            return IsFieldPassword(value) ? (UrlPassword.Label, ByName) : null;
        return (name.IsPassword ? IsPassword(value, between) : IsKey(value)) ? (Assignment.Label, ByName) : null;
    }

    private static bool IsFieldPassword(ReadOnlySpan<byte> value) => value[0] != '/' && !Dummies.IsDummyPassword(value) && Oddness.Of(value) is { Odd: >= 1, Distinct: >= 4 };

    private static bool IsPassword(ReadOnlySpan<byte> value, in AssignmentSyntax between)
    {
        if (value.Length < 8 || (between.IsQuoted ? Dummies.BeginsBehindString(value) : Dummies.BeginsAsCode(value)) || Dummies.IsDummyPassword(value))
            return false;
        var oddness = Oddness.Of(value);

        // Without quotes it may be a program's expression, which has calls, members and operators.
        var isPlain = between.IsQuoted || value.IndexOfAny(CodeSigns) < 0;
        return isPlain && oddness.IsOddPassword && oddness.Letters > 0 && (oddness.Digits > 0 || oddness.Odd >= 4);
    }

    private static bool IsKey(ReadOnlySpan<byte> value) =>
        value.Length >= 16 && value.IndexOfAnyExcept(KeyAlphabet.Token68) < 0 && !IsHashOrPublic(value) && !Dummies.IsDummyKey(value) && Oddness.Of(value) is { IsOddKey: true, Digits: > 0 };

    /// <summary>Integrity hashes (W3C, Subresource Integrity) and public keys of SSH are made to be shown.</summary>
    private static bool IsHashOrPublic(ReadOnlySpan<byte> value) =>
        value.StartsWith("sha1-"u8) || value.StartsWith("sha256-"u8) || value.StartsWith("sha384-"u8) || value.StartsWith("sha512-"u8) || value.StartsWith("AAAAB3NzaC1"u8) || value.StartsWith("AAAAC3NzaC1"u8);

    /// <summary>Names that say that the value is for everyone, as .NET's <c>PublicKeyToken</c>, or is the hash of a secret.</summary>
    private static bool IsPublic(ReadOnlySpan<byte> identifier) => Has(identifier, "public"u8) || Has(identifier, "hash"u8) || Has(identifier, "csrf"u8);

    /// <summary>Values whose form means something only under the vendor's name.</summary>
    private static string? Vendor(ReadOnlySpan<byte> identifier, ReadOnlySpan<byte> value)
    {
        var isHex = value.IndexOfAnyExcept(KeyAlphabet.Hex) < 0;
        return value.Length switch
        {
            // AWS, IAM user guide, "Managing access keys": forty characters of base 64.
            40 when (Has(identifier, "aws"u8) || Has(identifier, "secret_access_key"u8) || Has(identifier, "secretaccesskey"u8)) && !isHex
                && value.IndexOfAnyExcept(KeyAlphabet.Base64) < 0 => "aws_secret_key",

            // Datadog, "API and application keys": 32 and 40 hexadecimal digits.
            32 or 40 when isHex && (Has(identifier, "datadog"u8) || Has(identifier, "dd_"u8) || Has(identifier, "dd-"u8)) => "datadog_key",

            // Twilio, "Auth tokens": 32 hexadecimal digits.
            32 when isHex && Has(identifier, "twilio"u8) => "twilio_key",

            // Heroku, "Platform API: authentication": a UUID.
            36 when Has(identifier, "heroku"u8) && Dummies.IsUuid(value) => "heroku_key",

            // Discord, "OAuth2 and permissions": an id in base 64, a time, a keyed hash, between dots.
            >= 59 and <= 80 when Has(identifier, "discord"u8) && value.Count((byte)'.') == 2 => "discord_token",
            _ => null,
        };
    }

    private static bool Has(ReadOnlySpan<byte> identifier, ReadOnlySpan<byte> word)
    {
        for (var i = 0; i + word.Length <= identifier.Length; i++)
        {
            if (Ascii.EqualsIgnoreCase(identifier.Slice(i, word.Length), word))
                return true;
        }

        return false;
    }
}
