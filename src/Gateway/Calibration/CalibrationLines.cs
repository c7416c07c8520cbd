using System.IO.Compression;

namespace Gateway.Calibration;

/// <summary>The lines of a file, of a gzipped file, or of all such files in a folder: <c>*.jsonl</c>, <c>*.json</c>, <c>*.log</c>, each also <c>.gz</c>.</summary>
internal static class CalibrationLines
{
    private static readonly string[] Endings = [".jsonl", ".json", ".log", ".jsonl.gz", ".json.gz", ".log.gz"];

    /// <exception cref="IOException">The path cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file named <c>.gz</c> is not gzipped.</exception>
    /// <exception cref="UnauthorizedAccessException">The path may not be read.</exception>
    public static IEnumerable<string> Of(string path)
    {
        var files = Directory.Exists(path)
            ? Directory.EnumerateFiles(path).Where(file => Endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase))).Order(StringComparer.Ordinal)
            : (IEnumerable<string>)[path];
        foreach (var file in files)
        {
            using var raw = File.OpenRead(file);
            using Stream content = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(raw, CompressionMode.Decompress) : raw;
            using var reader = new StreamReader(content);
            while (reader.ReadLine() is { } line)
            {
                if (!string.IsNullOrWhiteSpace(line))
                    yield return line;
            }
        }
    }
}
