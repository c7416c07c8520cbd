using System.IO.Compression;

namespace Gateway.Calibration;

/// <summary>The lines of a file, of a gzipped file, or of all such files in a folder: <c>*.jsonl</c>, <c>*.json</c>, <c>*.log</c>, each also <c>.gz</c>.</summary>
public static class CalibrationLines
{
    private static readonly string[] Endings = [".jsonl", ".json", ".log", ".jsonl.gz", ".json.gz", ".log.gz"];

    /// <exception cref="IOException">The path cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file named <c>.gz</c> is not gzipped.</exception>
    /// <exception cref="UnauthorizedAccessException">The path may not be read.</exception>
    public static IEnumerable<CalibrationLine> Of(string path)
    {
        var files = Directory.Exists(path)
            ? Directory.EnumerateFiles(path).Where(file => Endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase))).Order(StringComparer.Ordinal)
            : (IEnumerable<string>)[path];
        foreach (var file in files)
        {
            using var raw = File.OpenRead(file);
            using Stream content = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(raw, CompressionMode.Decompress) : raw;
            using var reader = new StreamReader(content);
            for (var number = 1; reader.ReadLine() is { } line; number++)
            {
                if (!string.IsNullOrWhiteSpace(line))
                    yield return new CalibrationLine(file, number, line);
            }
        }
    }
}

/// <summary>A line that is not blank.</summary>
/// <param name="File">The file's path.</param>
/// <param name="Number">Its place in the file, from 1.</param>
/// <param name="Text">What it says.</param>
public readonly record struct CalibrationLine(string File, int Number, string Text);
