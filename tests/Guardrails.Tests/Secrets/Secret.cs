using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Gateway.Guardrails.Tests.Secrets;

/// <summary>Made-up secrets in the vendors' formats, put together here so that none stands in the source.</summary>
public static class Secret
{
    public const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    public const string UrlSafe = Base62 + "-_";
    public const string Base64 = Base62 + "+/";
    public const string Hex = "0123456789abcdef";
    public const string Capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Characters drawn from an alphabet, the same for the same seed.</summary>
    public static string Drawn(int length, string alphabet = Base62, int seed = 1)
    {
        var random = new Random(seed * 7919 + length);
        return string.Create(length, (alphabet, random), static (chars, state) =>
        {
            for (var i = 0; i < chars.Length; i++)
                chars[i] = state.alphabet[state.random.Next(state.alphabet.Length)];
        });
    }

    /// <summary>A token whose last six characters are its checksum, as GitHub's and npm's.</summary>
    public static string WithChecksum(string prefix, int seed = 1)
    {
        var key = Drawn(30, seed: seed);
        var sum = Crc32(Encoding.ASCII.GetBytes(key));
        var digits = "";
        for (var i = 0; i < 6; i++, sum /= 62)
            digits = Base62[(int)(sum % 62)] + digits;
        return prefix + key + digits;
    }

    /// <summary>A private key's block.</summary>
    public static string Pem(string label = "RSA PRIVATE KEY", int lines = 4, string lineEnd = "\n", int seed = 1)
    {
        var dashes = new string('-', 5);
        var body = string.Concat(Enumerable.Range(0, lines).Select(line => Drawn(64, Base64, seed + line) + lineEnd));
        return $"{dashes}BEGIN {label}{dashes}{lineEnd}{body}{Drawn(22, Base64, seed)}=={lineEnd}{dashes}END {label}{dashes}";
    }

    /// <summary>A signed JSON web token.</summary>
    public static string Jwt(string header = """{"alg":"HS256","typ":"JWT"}""", int seed = 1) =>
        $"{Encode(header)}.{Encode($$"""{"sub":"{{seed}}","name":"Jo"}""")}.{Drawn(43, UrlSafe, seed)}";

    /// <summary>As gzip has it at its end (RFC 1952, section 2.3.1).</summary>
    private static uint Crc32(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(packed.ToArray().AsSpan(^8));
    }

    private static string Encode(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
