using System.Globalization;
using System.Text;

namespace Gateway.Bench.Guardrails.Leaks;

/// <summary>Counts which letters follow which in a folder's XML documentation: where the guard's table of usual pairs comes from.</summary>
public static class LetterPairs
{
    private const int Usual = 300;

    public static string Describe(string folder)
    {
        var counts = new long[26 * 26];
        foreach (var file in Directory.EnumerateFiles(folder, "*.xml", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);
            for (var i = 1; i < text.Length; i++)
            {
                if (char.IsAsciiLetter(text[i - 1]) && char.IsAsciiLetter(text[i]))
                    counts[(((text[i - 1] | 0x20) - 'a') * 26) + (text[i] | 0x20) - 'a']++;
            }
        }

        var usual = Enumerable.Range(0, counts.Length).OrderByDescending(pair => counts[pair]).Take(Usual).ToArray();
        var rows = new uint[26];
        foreach (var pair in usual)
            rows[pair / 26] |= 1u << (pair % 26);
        var table = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{Usual} pairs make up {100.0 * usual.Sum(pair => counts[pair]) / counts.Sum():0.0} % of {counts.Sum():n0}:\n"));
        return table.AppendJoin(", ", rows.Select(row => $"0x{row:x7}")).ToString();
    }
}
