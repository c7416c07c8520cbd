using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Tests.Upstream;

/// <summary>An authority of a test's own, and what it signs, as PEM files in a folder that goes with it.</summary>
internal sealed class Certificates : IDisposable
{
    private static readonly DateTimeOffset From = DateTimeOffset.UtcNow.AddDays(-1);
    private readonly X509Certificate2 _authority;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-tls-");
    private int _serial = 1;

    public Certificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(From, From.AddDays(30));
        File.WriteAllText(Authority, _authority.ExportCertificatePem());
    }

    /// <summary>The authority's own certificate.</summary>
    public string Authority => Path.Combine(_folder.FullName, "ca.pem");

    /// <summary>Signs a certificate for a name, or for an address.</summary>
    public X509Certificate2 Sign(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = Sign(name, key);
        return signed.CopyWithPrivateKey(key);
    }

    /// <summary>Signs a certificate and writes it with its key into one file.</summary>
    public string SignFile(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = Sign(name, key);
        var path = Path.Combine(_folder.FullName, $"{name}.pem");
        File.WriteAllText(path, $"{signed.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        return path;
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private X509Certificate2 Sign(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var ip))
            names.AddIpAddress(ip);
        else
            names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request.Create(_authority, From, From.AddDays(20), [(byte)_serial++]);
    }
}
