using System.Text;

namespace Gateway.Bench.Load.Report;

/// <summary>Writes a table that reads well as text too: the first column to the left, figures to the right.</summary>
public static class MarkdownTable
{
    /// <summary>Renders it; every row has as many cells as there are headings.</summary>
    public static string Render(IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = headings.Select((heading, i) => rows.Select(row => row[i].Length).Append(heading.Length).Append(3).Max()).ToArray();
        var text = new StringBuilder();
        AppendRow(text, headings, widths);
        AppendRow(text, [.. widths.Select((width, i) => i == 0 ? new string('-', width) : new string('-', width - 1) + ':')], widths);
        foreach (var row in rows)
        {
            AppendRow(text, row, widths);
        }

        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, IReadOnlyList<string> cells, int[] widths)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            var cell = cells[i].Replace("|", "\\|", StringComparison.Ordinal);
            text.Append("| ").Append(i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i])).Append(' ');
        }

        text.Append("|\n");
    }
}
