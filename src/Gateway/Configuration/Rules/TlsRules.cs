namespace Gateway.Configuration.Rules;

/// <summary>Rules of a pool's <c>tls</c>: its files exist and hold what they must, and there is something to use them for.</summary>
internal static class TlsRules
{
    public static void Check(PoolOptions pool, string path, RuleReport report)
    {
        var tls = pool.Tls;
        if (tls == new TlsOptions())
        {
            return;
        }

        if (pool.Replicas.Count > 0 && pool.Replicas.All(replica => replica.Scheme == Uri.UriSchemeHttp))
        {
            report.Add(path, "no replica of this pool is at an https address; write https:// there, or remove tls");
        }

        if (tls is { Key: { } key, Certificate: null })
        {
            report.Add($"{path}.key", $"{Quoting.Quote(key)} is the key of no certificate; write certificate: beside it");
        }

        if (tls.Ca is { } ca && TlsFiles.FaultOf(() => TlsFiles.Authorities(tls)) is { } untrusted)
        {
            report.Add($"{path}.ca", $"{Quoting.Quote(ca)} is no file of certificates: {untrusted}; name a PEM file");
        }

        if (tls.Certificate is { } certificate && TlsFiles.FaultOf(() => TlsFiles.Own(tls)) is { } unusable)
        {
            report.Add($"{path}.certificate", $"{Quoting.Quote(certificate)} cannot be shown to replicas: {unusable}; name PEM files of a certificate and its key");
        }
    }
}
