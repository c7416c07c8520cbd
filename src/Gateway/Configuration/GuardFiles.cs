namespace Gateway.Configuration;

/// <summary>Reads the files that guards' settings name: block lists and scorers.</summary>
internal static class GuardFiles
{
    /// <summary>Most bytes of such a file: some ten times what a scorer has that is worth its time.</summary>
    private const int MostBytes = 16 * 1024 * 1024;

    /// <summary>Every such file that the options name.</summary>
    public static IEnumerable<string> NamedBy(GatewayOptions options) => options.Guardrails?.Guards.Values.SelectMany(NamedBy).Distinct() ?? [];

    /// <summary>The files that one guard's settings name.</summary>
    public static IEnumerable<string> NamedBy(GuardOptions options)
    {
        string?[] named = [options.Blocklist?.File, options.Injection?.Artefact];
        return named.OfType<string>();
    }

    /// <summary>The file, or why it cannot be read; nothing is thrown.</summary>
    public static (byte[]? Bytes, string? Error) Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return !file.Exists ? (null, "it does not exist")
                : file.Length > MostBytes ? (null, $"its {file.Length} bytes are more than {MostBytes}")
                : (File.ReadAllBytes(path), null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, $"it cannot be read ({fault.GetType().Name})");
        }
    }

    /// <summary>The words and phrases of a block list's file, one a line; empty when it names none.</summary>
    public static IReadOnlyList<string> WordsOf(BlocklistOptions options) =>
        options.File is { } path && Read(path).Bytes is { } bytes && ConfigText.Decode(bytes, []) is { } text
            ? text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [];
}
