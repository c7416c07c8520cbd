using System.Security.Cryptography;

namespace Gateway.Configuration;

/// <summary>One configuration file, and what is needed to read it again. Links are followed anew each time.</summary>
public sealed class ConfigFile(string path, KnownPolicies known, Func<string, string?> environment)
{
    public string Path { get; } = path;

    /// <summary>Reads the file as it is now.</summary>
    public ConfigLoad Load()
    {
        if (!TryRead(Path, out var bytes, out var reason))
        {
            return ConfigLoad.Invalid([new ConfigError(1, 1, "", $"the file {Quoting.Quote(Path)} cannot be read: {reason}")]);
        }

        var errors = new List<ConfigError>();
        var text = ConfigText.Decode(bytes, errors);
        var load = text is null ? ConfigLoad.Invalid(errors) : GatewayConfig.Parse(text, known, environment);
        return load with { Fingerprint = Fingerprint(bytes, load.NamedFiles) };
    }

    /// <summary>What <see cref="ConfigLoad.Fingerprint"/> would be now; null when the file cannot be read.</summary>
    internal string? Fingerprint(IReadOnlyList<string> namedFiles) =>
        TryRead(Path, out var bytes, out _) ? Fingerprint(bytes, namedFiles) : null;

    private static string Fingerprint(byte[] bytes, IReadOnlyList<string> namedFiles)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(SHA256.HashData(bytes));
        foreach (var secret in namedFiles)
        {
            hash.AppendData(TryRead(secret, out var content, out _) ? SHA256.HashData(content) : [0]);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>At most one byte more than a file may have, so that a wrong path to something huge costs nothing.</summary>
    private static bool TryRead(string path, out byte[] bytes, out string reason)
    {
        (bytes, reason) = ([], "");
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var buffer = new byte[ConfigText.MaxBytes + 1];
            bytes = buffer[..file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            reason = fault is FileNotFoundException or DirectoryNotFoundException ? "it does not exist" : fault.Message;
            return false;
        }
    }
}
