namespace Gateway.Configuration.Reading;

/// <summary>Reads secrets, from the text or the file that it names, and remembers those files so that a rotation is noticed.</summary>
internal sealed class SecretReader
{
    private const string Scheme = "file:";

    /// <summary>Far above any key or token; in bytes.</summary>
    private const int MaxBytes = 64 * 1024;

    private readonly List<string> _files = [];

    public IReadOnlyList<string> Files => _files;

    /// <summary>The secret, or a problem that does not quote it.</summary>
    public ScalarReading Read(string text)
    {
        if (!text.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return Check(text, "the value");
        }

        var path = text[Scheme.Length..];
        if (!Path.IsPathFullyQualified(path))
        {
            return ScalarReading.Wrong($"{Quoting.Quote(text)} is not an absolute path; write file:/run/secrets/name");
        }

        _files.Add(path);
        try
        {
            return new FileInfo(path) is { Exists: true, Length: > MaxBytes }
                ? ScalarReading.Wrong($"the file {path} has more than {MaxBytes} bytes; that is not a key")
                : Check(File.ReadAllText(path).Trim(), $"the file {path}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            var reason = fault.GetType().Name;
            return ScalarReading.Wrong($"the file {Quoting.Quote(path)} cannot be read ({reason}); check its path and rights");
        }
    }

    /// <summary>A key travels in a header: printable ASCII, no spaces.</summary>
    private static ScalarReading Check(string secret, string holder)
    {
        if (secret.Length == 0)
        {
            return ScalarReading.Wrong($"{holder} is empty; write the key, ${{NAME}} or file:/path, or remove the line");
        }

        return secret.All(c => c is > ' ' and <= '~')
            ? ScalarReading.Of(secret)
            : ScalarReading.Wrong($"{holder} has a space, a line break or a letter outside ASCII, which no key has; check what was pasted");
    }
}
