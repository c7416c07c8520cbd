using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Configuration;

/// <summary>Reads the files that pools' <c>tls</c> names.</summary>
public static class TlsFiles
{
    /// <summary>Every such file that the options name.</summary>
    public static IEnumerable<string> NamedBy(GatewayOptions options) => options.Pools.Values.SelectMany(pool => NamedBy(pool.Tls)).Distinct();

    /// <summary>The authorities trusted in place of the system's; null when none are named.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="CryptographicException">It holds no certificate.</exception>
    public static X509Certificate2Collection? Authorities(TlsOptions tls)
    {
        if (tls.Ca is null)
            return null;
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(File.ReadAllText(tls.Ca));
        return authorities.Count > 0 ? authorities : throw new CryptographicException("it holds no certificate");
    }

    /// <summary>The gateway's own certificate with its key, and those between it and its authority; null when none is named.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="CryptographicException">It holds no certificate, or no key that fits.</exception>
    public static (X509Certificate2 Own, X509Certificate2Collection Between)? Own(TlsOptions tls)
    {
        if (tls.Certificate is null)
            return null;
        var own = X509Certificate2.CreateFromPemFile(tls.Certificate, tls.Key);
        var all = new X509Certificate2Collection();
        all.ImportFromPem(File.ReadAllText(tls.Certificate));
        return (own, [.. all.Where(one => one.Thumbprint != own.Thumbprint)]);
    }

    /// <summary>Two stamps are the same when the files hold the same.</summary>
    public static string Stamp(TlsOptions tls)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in NamedBy(tls))
            hash.AppendData(File.ReadAllBytes(file));
        return $"{tls} {Convert.ToHexString(hash.GetCurrentHash())}";
    }

    /// <summary>Why what <paramref name="read"/> reads cannot be used; null when it can.</summary>
    public static string? FaultOf(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"it cannot be read ({fault.GetType().Name})";
        }
        catch (CryptographicException fault)
        {
            return fault.Message.TrimEnd('.');
        }
    }

    private static IEnumerable<string> NamedBy(TlsOptions tls) => new[] { tls.Ca, tls.Certificate, tls.Key }.OfType<string>();
}
